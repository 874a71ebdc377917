//! The shop over HTTP. Each request takes a connection of the pool; what it asks PostgreSQL stands beside what it answers.

mod customers;
mod orders;
mod products;
mod refusal;

/// The database's own types, which queries of this crate mention.
mod db {
    pgmi::include_queries!();
}

use axum::Router;
use axum::routing::{get, post};
use deadpool_postgres::Pool;

/// What the shop answers.
pub fn routes(pool: Pool) -> Router {
    Router::new()
        .route("/products", get(products::list))
        .route("/products/{sku}", get(products::show))
        .route("/customers", post(customers::register))
        .route("/orders", post(orders::place))
        .with_state(pool)
}
