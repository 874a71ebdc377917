use std::fmt;

use bytes::BytesMut;
use postgres_types::{IsNull, Kind, ToSql, Type, to_sql_checked};

use super::{from_text, text};
use crate::types::wire::{BoxError, Problem, text as utf8};

/// A value of type `xml`, as text: `Xml<String>`, or `Xml<&str>` where it can be borrowed.
///
/// PostgreSQL checks it when it gets it; `xml_recv` in xml.c.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Xml<S = String>(pub S);

/// A value of a type whose binary form is its text, and which has no Rust type of its own: `refcursor`,
/// `pg_node_tree`, `cstring`, and those types of extensions that are text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text<S = String>(pub S);

text!(Xml);
text!(Text);
from_text!(Xml, read, is_xml);
from_text!(Text, read, is_text);

/// `xml_recv` in xml.c, `textrecv` in varlena.c.
fn read<'a>(_: &Type, raw: &'a [u8]) -> Result<&'a str, Problem> {
    utf8(raw)
}

fn is_xml(ty: &Type) -> bool {
    *ty == Type::XML
}

fn is_text(ty: &Type) -> bool {
    const OTHERS: [Type; 8] = [
        Type::TEXT,
        Type::VARCHAR,
        Type::BPCHAR,
        Type::NAME,
        Type::UNKNOWN,
        Type::REFCURSOR,
        Type::PG_NODE_TREE,
        Type::CSTRING,
    ];
    let extension = Type::from_oid(ty.oid()).is_none();
    OTHERS.contains(ty) || extension && matches!(ty.kind(), Kind::Simple | Kind::Enum(_))
}

macro_rules! to_text {
    ($rust:ident, $accepts:ident) => {
        impl<S: AsRef<str> + fmt::Debug> ToSql for $rust<S> {
            fn to_sql(&self, _: &Type, out: &mut BytesMut) -> Result<IsNull, BoxError> {
                out.extend_from_slice(self.as_str().as_bytes());
                Ok(IsNull::No)
            }

            fn accepts(ty: &Type) -> bool {
                $accepts(ty)
            }

            to_sql_checked!();
        }
    };
}

to_text!(Xml, is_xml);
to_text!(Text, is_text);
