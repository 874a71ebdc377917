//! What identifies a query, whatever its formatting.

use sha2::{Digest, Sha256};

use crate::sql::tokens;

/// A hash of the statement's tokens and the parameters' names.
pub(super) fn fingerprint<'a>(sql: &str, names: impl Iterator<Item = &'a str>) -> String {
    let mut hash = Sha256::new();
    // Neither NUL nor a newline stands in a name; a token that holds one is quoted and so delimits itself.
    names.for_each(|name| hash.update(format!("{name}\n")));
    for token in tokens(sql).filter(|token| !token.is_blank()) {
        hash.update(b"\0");
        hash.update(token.text(sql));
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
