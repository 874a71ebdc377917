//! Enums: their labels as text, in both directions.

use std::error::Error;
use std::fmt;

use postgres_types::{Kind, Type};

use super::wire::BoxError;

/// Whether a type of the server is the enum of this name. Its schema may be another one: one program can
/// work on the schemas of many tenants.
pub fn accepts_enum(sql_type: &Type, name: &str) -> bool {
    match sql_type.kind() {
        Kind::Domain(base) => accepts_enum(base, name),
        kind => matches!(kind, Kind::Enum(_)) && sql_type.name() == name,
    }
}

/// The label that was sent.
///
/// # Errors
/// It is not UTF-8.
pub fn label_of(raw: &[u8]) -> Result<&str, BoxError> {
    Ok(std::str::from_utf8(raw)?)
}

/// A label that came after the program was compiled, or that is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownLabel {
    enumeration: &'static str,
    label: String,
}

impl fmt::Display for UnknownLabel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { enumeration, label } = self;
        write!(f, "the enum `{enumeration}` had no label `{label}` when this program was compiled")
    }
}

impl Error for UnknownLabel {}

/// The error for it.
#[cold]
pub fn unknown_label(enumeration: &'static str, label: &str) -> UnknownLabel {
    UnknownLabel { enumeration, label: label.to_owned() }
}

/// Connects a generated enum with PostgreSQL's.
#[doc(hidden)]
#[macro_export]
macro_rules! enum_type {
    ($item:ident, $name:literal, [$($variant:ident => $label:literal,)*]) => {
        impl $item {
            /// Every label, in PostgreSQL's order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The label, as PostgreSQL spells it.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $label),* }
            }
        }

        impl ::core::fmt::Display for $item {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::core::str::FromStr for $item {
            type Err = $crate::types::UnknownLabel;

            fn from_str(label: &str) -> ::core::result::Result<Self, Self::Err> {
                match label {
                    $($label => Ok(Self::$variant),)*
                    _ => Err($crate::types::generated::unknown_label($name, label)),
                }
            }
        }

        impl<'r> $crate::types::generated::FromSql<'r> for $item {
            fn from_sql(
                _: &$crate::types::generated::Type,
                raw: &'r [u8],
            ) -> ::core::result::Result<Self, ::std::boxed::Box<dyn ::std::error::Error + Sync + Send>> {
                Ok($crate::types::generated::label_of(raw)?.parse()?)
            }

            fn accepts(sql_type: &$crate::types::generated::Type) -> bool {
                $crate::types::generated::accepts_enum(sql_type, $name)
            }
        }

        impl $crate::types::generated::ToSql for $item {
            fn to_sql(
                &self,
                _: &$crate::types::generated::Type,
                out: &mut $crate::types::generated::BytesMut,
            ) -> ::core::result::Result<
                $crate::types::generated::IsNull,
                ::std::boxed::Box<dyn ::std::error::Error + Sync + Send>,
            > {
                out.extend_from_slice(self.as_str().as_bytes());
                Ok($crate::types::generated::IsNull::No)
            }

            fn accepts(sql_type: &$crate::types::generated::Type) -> bool {
                $crate::types::generated::accepts_enum(sql_type, $name)
            }

            $crate::types::generated::to_sql_checked!();
        }
    };
}
