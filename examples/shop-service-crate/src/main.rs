//! The shop over HTTP: `shop-service-crate postgresql://app@localhost/shop`, then
//! `curl 'localhost:3000/products?tag=tea'`.

mod customers;
mod products;
mod refusal;

use std::process::ExitCode;
use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

/// One connection serves all requests: what they send is pipelined, and no request holds it.
type Shop = Arc<tokio_postgres::Client>;

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

async fn serve(connection: &str) -> Result<(), Box<dyn std::error::Error>> {
    let (client, connection) = tokio_postgres::connect(connection, tokio_postgres::NoTls).await?;
    tokio::spawn(connection);
    let shop: Shop = Arc::new(client);
    let routes = Router::new()
        .route("/products", get(products::list))
        .route("/products/{sku}", get(products::show))
        .route("/customers", post(customers::register))
        .with_state(shop);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:3000").await?;
    println!("http://{}", listener.local_addr()?);
    Ok(axum::serve(listener, routes).await?)
}
