//! The library of the package, which has the database's own types.
#![deny(warnings, missing_docs, clippy::pedantic, unreachable_pub)]

/// Bindings.
#[allow(missing_docs)]
pub mod db {
    pgmi::include_queries!();
}

/// How many there are.
///
/// # Errors
/// As any query.
pub async fn artists(client: &impl pgmi::Client) -> pgmi::Result<i64> {
    Ok(pgmi::query!("select count(*) as artists from artist").fetch(client).await?.artists)
}
