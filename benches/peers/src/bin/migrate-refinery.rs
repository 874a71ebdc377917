//! Runs the migrations of a folder as refinery does by default: each in a transaction of its own.

use postgres::{Client, NoTls};
use refinery::Runner;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("no folder")?;
    let connection = arguments.next().ok_or("no connection")?;
    let migrations = refinery::load_sql_migrations(folder)?;
    let mut client = Client::connect(&connection, NoTls)?;
    Runner::new(&migrations).run(&mut client)?;
    Ok(())
}
