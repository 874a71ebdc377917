//! A crate whose tests each have a database with the shop in it: see `tests/shop.rs`.

use tokio_postgres::{Client, Error};

/// Registers a customer, or finds the one who has this address already.
///
/// # Errors
/// The address is none, or the connection is gone.
pub async fn register(client: &Client, email: &str, name: &str) -> Result<i64, Error> {
    let sql = "select id from crm.register_customer($1::text, $2)";
    client.query_one(sql, &[&email, &name]).await?.try_get(0)
}

/// How many customers there are.
///
/// # Errors
/// The connection is gone.
pub async fn customers(client: &Client) -> Result<i64, Error> {
    client.query_one("select count(*) from crm.customers", &[]).await?.try_get(0)
}
