//! Runs the migrations of a folder as `sqlx migrate run` does.

use std::path::Path;

use sqlx::Connection;
use sqlx::migrate::Migrator;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("no folder")?;
    let url = arguments.next().ok_or("no URL")?;
    let mut connection = sqlx::PgConnection::connect(&url).await?;
    Migrator::new(Path::new(&folder)).await?.run(&mut connection).await?;
    Ok(())
}
