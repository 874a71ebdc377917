//! Types that are text on the wire but are no `String`: each has a meaning of its own.

mod json;
mod literal;
mod plain;

pub use json::{JsonPath, JsonText};
pub use literal::Literal;
pub use plain::{Text, Xml};
use postgres_types::FromSql;

/// Text as a row has it: `String` in one that owns it, `&str` in one that borrows.
pub trait FromText<'r>: FromSql<'r> + sealed::Sealed {
    /// From the text as it was received.
    #[doc(hidden)]
    fn from_text(text: &'r str) -> Self;
}

impl<'r> FromText<'r> for &'r str {
    fn from_text(text: &'r str) -> Self {
        text
    }
}

impl FromText<'_> for String {
    fn from_text(text: &str) -> Self {
        text.to_owned()
    }
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for &str {}
    impl Sealed for String {}
}

/// What the newtypes around text have in common.
macro_rules! text {
    ($rust:ident) => {
        impl<S> $rust<S> {
            /// The text inside.
            pub fn into_inner(self) -> S {
                self.0
            }
        }

        impl<S: AsRef<str>> $rust<S> {
            /// The text inside.
            pub fn as_str(&self) -> &str {
                self.0.as_ref()
            }
        }

        impl<S: AsRef<str>> AsRef<str> for $rust<S> {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl<S: AsRef<str>> ::std::fmt::Display for $rust<S> {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl From<String> for $rust {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl<'a> From<&'a str> for $rust<&'a str> {
            fn from(text: &'a str) -> Self {
                Self(text)
            }
        }
    };
}

/// `FromSql` for owned and borrowed text, by a function from type and bytes to text; and `accepts`.
macro_rules! from_text {
    ($rust:ident, $read:expr, $accepts:expr) => {
        impl<'a, S: $crate::types::FromText<'a>> ::postgres_types::FromSql<'a> for $rust<S> {
            fn from_sql(
                ty: &::postgres_types::Type,
                raw: &'a [u8],
            ) -> Result<Self, $crate::types::wire::BoxError> {
                let text = $read(ty, raw).map(|text| Self(S::from_text(text)));
                text.map_err(|problem| $crate::types::wire::invalid(ty, problem))
            }

            fn accepts(ty: &::postgres_types::Type) -> bool {
                $accepts(ty)
            }
        }
    };
}

use {from_text, text};
