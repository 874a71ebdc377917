mod db {
    pgmi::include_queries!(); // What the build made of the files in queries/.
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    use pgmi::tokio_postgres::{NoTls, connect};

    let url = std::env::var("DATABASE_URL")
        .map_err(|_| "DATABASE_URL, which names the database, is not set")?;
    let (client, connection) = connect(&url, NoTls).await?;
    tokio::spawn(connection);
    for note in (db::NotesByAuthor { author: "ada" }).fetch(&client).await? {
        println!("{}: {}", note.id, note.body);
    }
    Ok(())
}
