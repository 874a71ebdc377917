//! Text that is no value of a type.

use std::error::Error;
use std::fmt;

/// What `FromStr` of a type refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidText {
    type_name: &'static str,
    text: String,
}

impl InvalidText {
    pub(crate) fn new(type_name: &'static str, text: &str) -> Self {
        Self { type_name, text: text.to_owned() }
    }
}

/// PostgreSQL's own words for it.
impl fmt::Display for InvalidText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "invalid input syntax for type {}: \"{}\"", self.type_name, self.text)
    }
}

impl Error for InvalidText {}

/// Decimal digits and nothing else.
pub(crate) fn digits<T: std::str::FromStr>(text: &str) -> Option<T> {
    let only_digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if only_digits { text.parse().ok() } else { None }
}

/// `Debug` of a type as its name around its text.
macro_rules! debug_as_text {
    ($($name:ident),+) => {
        $(impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        })+
    };
}

pub(crate) use debug_as_text;
