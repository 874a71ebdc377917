use pgmi::tokio_postgres::{NoTls, connect};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let url = std::env::var("DATABASE_URL")
        .map_err(|_| "DATABASE_URL, which names the database, is not set")?;
    let (client, connection) = connect(&url, NoTls).await?;
    tokio::spawn(connection);
    print!("{}", music::shelf::look(&client).await?);
    Ok(())
}
