//! Composite types: a count, then an oid, a length and a value for each field. `record_recv` and `record_send`
//! in rowtypes.c.

use bytes::{BufMut, BytesMut};
use postgres_types::{Field, FromSql, IsNull, Kind, ToSql, Type, WrongType};

use super::domain;
use super::wire::{BoxError, Problem, Reader, invalid, put_count, put_nested};

/// What a Rust type says of a SQL type.
type Accepts = fn(&Type) -> bool;

/// Whether a type of the server is the composite of this name, with these fields in this order.
pub fn accepts_composite(sql_type: &Type, name: &str, fields: &[(&str, Accepts)]) -> bool {
    let Some(there) = fields_of(sql_type) else { return false };
    let same = |(field, (name, accepts)): (&Field, &(&str, Accepts))| {
        field.name() == *name && accepts(&domain::chosen(field.type_(), accepts))
    };
    base_of(sql_type).name() == name
        && there.len() == fields.len()
        && there.iter().zip(fields).all(same)
}

fn fields_of(sql_type: &Type) -> Option<&[Field]> {
    match base_of(sql_type).kind() {
        Kind::Composite(fields) => Some(fields),
        _ => None,
    }
}

/// The type under all domains.
fn base_of(sql_type: &Type) -> &Type {
    match sql_type.kind() {
        Kind::Domain(base) => base_of(base),
        _ => sql_type,
    }
}

const NO_COMPOSITE: Problem = "it is no composite";
const ALTERED: Problem = "the type was altered since this connection first saw it; connect anew";

/// The fields of a value, read one after the other.
#[derive(Debug)]
pub struct Fields<'t, 'r> {
    sql_type: &'t Type,
    fields: std::slice::Iter<'t, Field>,
    reader: Reader<'r>,
}

impl<'t, 'r> Fields<'t, 'r> {
    /// Begins to read a value of this type.
    ///
    /// # Errors
    /// The type is no composite, or the value has not as many fields as the type.
    pub fn new(sql_type: &'t Type, raw: &'r [u8]) -> Result<Self, BoxError> {
        let wrong = |problem: Problem| invalid(sql_type, problem);
        let fields = fields_of(sql_type).ok_or_else(|| wrong(NO_COMPOSITE))?;
        let mut reader = Reader::new(raw);
        // Each has at least its type and its length.
        if reader.count(2 * size_of::<i32>()).map_err(wrong)? != fields.len() {
            return Err(wrong(ALTERED));
        }
        Ok(Self { sql_type, fields: fields.iter(), reader })
    }

    /// Reads the next field.
    ///
    /// # Errors
    /// There is none, it is not of the type that the catalog promised, or does not fit `T`.
    pub fn read<T: FromSql<'r>>(&mut self) -> Result<T, BoxError> {
        let wrong = |problem: Problem| invalid(self.sql_type, problem);
        let field = self.fields.next().ok_or_else(|| wrong("it has fewer fields"))?;
        if self.reader.u32().map_err(wrong)? != field.type_().oid() {
            return Err(wrong(ALTERED));
        }
        let raw = self.reader.nested().map_err(wrong)?;
        domain::decode(field.type_(), raw).map_err(|error| of(field, &error))
    }
}

/// Writes a value of this type.
///
/// # Errors
/// The type has other fields, or a value does not fit its field.
pub fn write_composite(
    sql_type: &Type,
    values: &[&(dyn ToSql + Sync)],
    out: &mut BytesMut,
) -> Result<IsNull, BoxError> {
    let wrong = |problem: Problem| invalid(sql_type, problem);
    let fields = fields_of(sql_type).ok_or_else(|| wrong(NO_COMPOSITE))?;
    if fields.len() != values.len() {
        return Err(wrong("the type was altered since the program was compiled"));
    }
    put_count(fields.len(), out).map_err(wrong)?;
    for (field, value) in fields.iter().zip(values) {
        out.put_u32(field.type_().oid());
        put_nested(sql_type, out, |out| write_field(field.type_(), *value, out))
            .map_err(|error| of(field, &error))?;
    }
    Ok(IsNull::No)
}

/// What stands behind `dyn` cannot be asked what it accepts; it is tried without domains, then with them.
fn write_field(
    sql_type: &Type,
    value: &(dyn ToSql + Sync),
    out: &mut BytesMut,
) -> Result<IsNull, BoxError> {
    let Some(base) = domain::without_domains(sql_type) else {
        return value.to_sql_checked(sql_type, out);
    };
    match value.to_sql_checked(&base, out) {
        Err(error) if error.is::<WrongType>() => value.to_sql_checked(sql_type, out),
        written => written,
    }
}

fn of(field: &Field, error: &BoxError) -> BoxError {
    format!("field `{}`: {error}", field.name()).into()
}

/// Connects a generated struct with PostgreSQL's composite type.
#[doc(hidden)]
#[macro_export]
macro_rules! composite_type {
    ($item:ident, $name:literal, [$($field:ident: $rust:ty => $sql:literal,)*]) => {
        impl $item {
            fn is_sql_type(sql_type: &$crate::types::generated::Type) -> bool {
                $crate::types::generated::accepts_composite(sql_type, $name, &[$((
                    $sql,
                    <$rust as $crate::types::generated::FromSql<'static>>::accepts,
                )),*])
            }
        }

        impl<'r> $crate::types::generated::FromSql<'r> for $item {
            fn from_sql(
                sql_type: &$crate::types::generated::Type,
                raw: &'r [u8],
            ) -> ::core::result::Result<Self, ::std::boxed::Box<dyn ::std::error::Error + Sync + Send>> {
                let mut fields = $crate::types::generated::Fields::new(sql_type, raw)?;
                Ok(Self { $($field: fields.read()?,)* })
            }

            fn accepts(sql_type: &$crate::types::generated::Type) -> bool {
                Self::is_sql_type(sql_type)
            }
        }

        impl $crate::types::generated::ToSql for $item {
            fn to_sql(
                &self,
                sql_type: &$crate::types::generated::Type,
                out: &mut $crate::types::generated::BytesMut,
            ) -> ::core::result::Result<
                $crate::types::generated::IsNull,
                ::std::boxed::Box<dyn ::std::error::Error + Sync + Send>,
            > {
                $crate::types::generated::write_composite(sql_type, &[$(&self.$field),*], out)
            }

            fn accepts(sql_type: &$crate::types::generated::Type) -> bool {
                Self::is_sql_type(sql_type)
            }

            $crate::types::generated::to_sql_checked!();
        }
    };
}
