//! The collation of the throwaway database: that of production is taken to be another than C.

use postgres::Client;

use super::ground::Ground;
use super::propose::Sketch;
use crate::Result;
use crate::catalog::Oid;
use crate::connection::ConnectOptions;
use crate::shadow::Shadow;

/// The same order as C, by bytes; but PostgreSQL does not know that, as little as of any other.
const NOT_C: &str = "C.UTF-8";

/// Whether what a plain index is worth depends on the collation: it finds prefixes under C alone. That follows from
/// the queries, and not from which indexes are still missing, so that the next run tries in the same database.
pub(super) fn matters(ground: &Ground<'_>, sketches: &[Sketch]) -> bool {
    let is_pattern = |oid: Oid| {
        let class = ground.classes.iter().find(|it| it.oid == oid);
        class.is_some_and(|it| it.name.ends_with("_pattern_ops"))
    };
    sketches.iter().flat_map(Sketch::keys).any(|key| is_pattern(key.class))
}

/// Lets sessions that begin from now on plan as if the database had not been created with the collation C, which
/// that of a development machine may well be. Where that cannot be done, it stays as it is.
///
/// # Errors
/// The database cannot be reached.
pub(super) fn be_like_production(shadow: &Shadow) -> Result<()> {
    let mut client = shadow.target().connect(ConnectOptions::default())?.client;
    // A server without the locale would let nobody in any more.
    if knows_locale(&mut client) {
        let _ = client.execute(include_str!("collation.sql"), &[&NOT_C]);
    }
    Ok(())
}

fn knows_locale(client: &mut Client) -> bool {
    let probe =
        format!("begin; create collation public.pgmi_probe (locale = '{NOT_C}'); rollback;");
    let knows = client.batch_execute(&probe).is_ok();
    let _ = client.batch_execute("rollback");
    knows
}
