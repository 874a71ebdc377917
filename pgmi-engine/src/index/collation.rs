//! The collation of the throwaway database: that of production is taken to be another than C.

use postgres::Client;

use super::Candidate;
use crate::Result;
use crate::connection::ConnectOptions;
use crate::shadow::Shadow;

/// The same order as C, by bytes; but PostgreSQL does not know that, as little as of any other.
const NOT_C: &str = "C.UTF-8";

/// Whether what a plain index is worth depends on the collation: it finds prefixes under C alone.
pub(super) fn matters(candidates: &[Candidate]) -> bool {
    let is_pattern = |class: &String| class.ends_with("_pattern_ops");
    let mut keys = candidates.iter().flat_map(|it| &it.index.keys);
    keys.any(|key| key.opclass.as_ref().is_some_and(is_pattern))
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
