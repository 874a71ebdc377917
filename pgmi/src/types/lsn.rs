use std::fmt;
use std::str::FromStr;

use super::parse::{InvalidText, debug_as_text};
use super::wire::binary_number;

/// A value of type `pg_lsn`: a byte position in the write-ahead log.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PgLsn(pub u64);

// `pg_lsn_recv` in pg_lsn.c.
binary_number!(PgLsn(u64): PG_LSN);
debug_as_text!(PgLsn);

/// `pg_lsn_out`: the upper and the lower half in hexadecimal.
impl fmt::Display for PgLsn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:X}/{:X}", self.0 >> 32, self.0 & 0xFFFF_FFFF)
    }
}

/// `pg_lsn_in_internal`: up to eight hexadecimal digits on each side of the slash.
impl FromStr for PgLsn {
    type Err = InvalidText;

    fn from_str(text: &str) -> Result<Self, InvalidText> {
        let halves =
            text.split_once('/').and_then(|(upper, lower)| Some((half(upper)?, half(lower)?)));
        let (upper, lower) = halves.ok_or_else(|| InvalidText::new("pg_lsn", text))?;
        Ok(Self(u64::from(upper) << 32 | u64::from(lower)))
    }
}

fn half(text: &str) -> Option<u32> {
    let is_hex = (1..=8).contains(&text.len()) && text.bytes().all(|it| it.is_ascii_hexdigit());
    if is_hex { u32::from_str_radix(text, 16).ok() } else { None }
}
