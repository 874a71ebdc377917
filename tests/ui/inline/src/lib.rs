//! The library of the package, which has the database's own types.
#![deny(warnings, missing_docs, clippy::pedantic, unreachable_pub)]

/// Bindings.
#[allow(missing_docs)]
pub mod db {
    pgmi::include_queries!();
}

/// How many there are. What stands in the code can stand here as well:
///
/// ```
/// # async fn example(client: &tokio_postgres::Client) -> pgmi::Result<()> {
/// let artists = pgmi::query!("select count(*) as artists from artist").fetch(client).await?.artists;
/// assert_eq!(inline::artists(client).await?, artists);
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// As any query.
pub async fn artists(client: &impl pgmi::Client) -> pgmi::Result<i64> {
    Ok(pgmi::query!("select count(*) as artists from artist").fetch(client).await?.artists)
}
