use pgmi::tokio_postgres::{NoTls, connect};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (client, connection) = connect(&std::env::var("DATABASE_URL")?, NoTls).await?;
    tokio::spawn(connection);
    print!("{}", music::shelf::look(&client).await?);
    Ok(())
}
