//! Types that are text on the wire but are no `String`: each has a meaning of its own.

mod json;
mod literal;
mod plain;

pub use json::{JsonPath, JsonText};
pub use literal::Literal;
pub use plain::{Text, Xml};

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
        impl<'a> ::postgres_types::FromSql<'a> for $rust<&'a str> {
            fn from_sql(
                ty: &::postgres_types::Type,
                raw: &'a [u8],
            ) -> Result<Self, $crate::types::wire::BoxError> {
                let text = $read(ty, raw);
                text.map(Self).map_err(|problem| $crate::types::wire::invalid(ty, problem))
            }

            fn accepts(ty: &::postgres_types::Type) -> bool {
                $accepts(ty)
            }
        }

        impl<'a> ::postgres_types::FromSql<'a> for $rust {
            fn from_sql(
                ty: &::postgres_types::Type,
                raw: &'a [u8],
            ) -> Result<Self, $crate::types::wire::BoxError> {
                let text = <$rust<&str> as ::postgres_types::FromSql<'_>>::from_sql(ty, raw)?;
                Ok(Self(text.0.to_owned()))
            }

            fn accepts(ty: &::postgres_types::Type) -> bool {
                $accepts(ty)
            }
        }
    };
}

use {from_text, text};
