//! `shop-service-crate postgresql://app@localhost/shop`, then `curl 'localhost:3000/products?tag=gift'`.

use std::error::Error;
use std::process::ExitCode;

use deadpool_postgres::{Manager, Pool};
use tokio_postgres::NoTls;

#[tokio::main]
async fn main() -> ExitCode {
    let Some(connection) = std::env::args().nth(1) else {
        eprintln!("usage: shop-service-crate CONNECTION");
        return ExitCode::from(2);
    };
    match serve(&connection).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(connection: &str) -> Result<(), Box<dyn Error>> {
    let pool = Pool::builder(Manager::new(connection.parse()?, NoTls)).build()?;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:3000").await?;
    println!("http://{}", listener.local_addr()?);
    Ok(axum::serve(listener, shop_service_crate::routes(pool)).await?)
}
