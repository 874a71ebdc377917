use std::fmt;

use bytes::{BufMut, BytesMut};
use postgres_types::{IsNull, ToSql, Type, to_sql_checked};

use super::{from_text, text};
use crate::types::wire::{BoxError, Problem, text as utf8};

/// A value of type `json` or `jsonb`, as text: `JsonText<String>`, or `JsonText<&str>` where it can be
/// borrowed. Nothing of it is lost, and nothing is parsed before it is wanted.
///
/// `serde_json::Value`, and `postgres_types::Json<T>` for types of one's own, are read and written too, with
/// the feature `with-serde_json-1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JsonText<S = String>(pub S);

/// A value of type `jsonpath`, as text: `JsonPath<String>`, or `JsonPath<&str>` where it can be borrowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JsonPath<S = String>(pub S);

text!(JsonText);
text!(JsonPath);
from_text!(JsonText, read, is_json);
from_text!(JsonPath, read, is_path);

/// The version of the binary form of `jsonb` and `jsonpath`, their first byte.
const VERSION: u8 = 1;

/// `json_recv` in json.c, `jsonb_recv` in jsonb.c, `jsonpath_recv` in jsonpath.c.
fn read<'a>(ty: &Type, raw: &'a [u8]) -> Result<&'a str, Problem> {
    match raw {
        _ if *ty == Type::JSON => utf8(raw),
        [VERSION, rest @ ..] => utf8(rest),
        _ => Err("the version of its binary form is unknown"),
    }
}

fn is_json(ty: &Type) -> bool {
    matches!(*ty, Type::JSON | Type::JSONB)
}

fn is_path(ty: &Type) -> bool {
    *ty == Type::JSONPATH
}

macro_rules! to_text {
    ($rust:ident, $accepts:ident) => {
        impl<S: AsRef<str> + fmt::Debug> ToSql for $rust<S> {
            fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, BoxError> {
                if *ty != Type::JSON {
                    out.put_u8(VERSION);
                }
                out.put_slice(self.as_str().as_bytes());
                Ok(IsNull::No)
            }

            fn accepts(ty: &Type) -> bool {
                $accepts(ty)
            }

            to_sql_checked!();
        }
    };
}

to_text!(JsonText, is_json);
to_text!(JsonPath, is_path);
