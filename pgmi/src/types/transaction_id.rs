use std::fmt;
use std::str::FromStr;

use super::parse::{InvalidText, digits};
use super::wire::binary_number;

/// A value of type `xid`: a transaction, by a number that comes back after four thousand million others.
///
/// It has no order for that reason, in PostgreSQL neither.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Xid(pub u32);

/// A value of type `xid8`: a transaction, by a number that never comes back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Xid8(pub u64);

/// A value of type `cid`: a command within its transaction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Cid(pub u32);

// `xidrecv`, `xid8recv` and `cidrecv` in xid.c.
binary_number!(Xid(u32): XID);
binary_number!(Xid8(u64): XID8);
binary_number!(Cid(u32): CID);

macro_rules! number_as_text {
    ($($rust:ident $sql:literal),+) => {
        $(impl fmt::Display for $rust {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $rust {
            type Err = InvalidText;

            fn from_str(text: &str) -> Result<Self, InvalidText> {
                digits(text).map(Self).ok_or_else(|| InvalidText::new($sql, text))
            }
        })+
    };
}

number_as_text!(Xid "xid", Xid8 "xid8", Cid "cid");
