//! Composite types: a count, then an oid, a length and a value for each field (`record_send`).

use tokio_postgres::types::private::BytesMut;
use tokio_postgres::types::{Field, FromSql, IsNull, Kind, ToSql, Type};

use super::BoxedError;

/// A field as the program knows it: its name, and which types it can be read from and written as.
pub type Known = (&'static str, fn(&Type) -> bool);

/// Whether a type of the server is the composite of this name, with these fields in this order.
pub fn accepts_composite(sql_type: &Type, name: &str, known: &[Known]) -> bool {
    let Some(fields) = fields_of(sql_type) else { return false };
    let same = |field: &Field, (name, accepts): &Known| {
        field.name() == *name && accepts(base_of(field.type_()))
    };
    base_of(sql_type).name() == name
        && fields.len() == known.len()
        && fields.iter().zip(known).all(|(field, known)| same(field, known))
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

/// The fields of a value, read one after the other.
#[derive(Debug)]
pub struct Fields<'t, 'r> {
    fields: std::slice::Iter<'t, Field>,
    rest: &'r [u8],
}

impl<'t, 'r> Fields<'t, 'r> {
    /// Begins to read a value of this type.
    ///
    /// # Errors
    /// The value has not as many fields as the type.
    pub fn new(sql_type: &'t Type, raw: &'r [u8]) -> Result<Self, BoxedError> {
        let fields = fields_of(sql_type).unwrap_or_default();
        let (count, rest) = number(raw)?;
        if usize::try_from(count) != Ok(fields.len()) {
            let message = format!("`{}` has {} fields, not {count}", sql_type.name(), fields.len());
            return Err(message.into());
        }
        Ok(Self { fields: fields.iter(), rest })
    }

    /// Reads the next field.
    ///
    /// # Errors
    /// It is not of the type that the catalog promised, or does not fit `T`.
    pub fn read<T: FromSql<'r>>(&mut self) -> Result<T, BoxedError> {
        let field = self.fields.next().ok_or("a field is missing")?;
        let (oid, rest) = number(self.rest)?;
        let (length, rest) = number(rest)?;
        let sql_type = base_of(field.type_());
        if u32::from_be_bytes(oid.to_be_bytes()) != field.type_().oid() {
            return Err(format!("field `{}` has changed its type", field.name()).into());
        }
        let value = match usize::try_from(length) {
            Err(_) => None,
            Ok(length) => Some(rest.get(..length).ok_or("a field is cut off")?),
        };
        self.rest = &rest[value.map_or(0, <[u8]>::len)..];
        T::from_sql_nullable(sql_type, value)
            .map_err(|error| format!("field `{}`: {error}", field.name()).into())
    }
}

fn number(raw: &[u8]) -> Result<(i32, &[u8]), BoxedError> {
    let (number, rest) = raw.split_first_chunk().ok_or("a composite value is cut off")?;
    Ok((i32::from_be_bytes(*number), rest))
}

/// Writes a value of this type.
///
/// # Errors
/// The type has other fields, or a value does not fit its field.
pub fn write_composite(
    sql_type: &Type,
    values: &[&(dyn ToSql + Sync)],
    out: &mut BytesMut,
) -> Result<IsNull, BoxedError> {
    let fields = fields_of(sql_type).unwrap_or_default();
    if fields.len() != values.len() {
        let message =
            format!("`{}` has {} fields, not {}", sql_type.name(), fields.len(), values.len());
        return Err(message.into());
    }
    out.extend_from_slice(&i32::try_from(fields.len())?.to_be_bytes());
    for (field, value) in fields.iter().zip(values) {
        write_field(field, *value, out)?;
    }
    Ok(IsNull::No)
}

fn write_field(
    field: &Field,
    value: &(dyn ToSql + Sync),
    out: &mut BytesMut,
) -> Result<(), BoxedError> {
    out.extend_from_slice(&field.type_().oid().to_be_bytes());
    let length_at = out.len();
    out.extend_from_slice(&(-1i32).to_be_bytes());
    if let IsNull::No = value.to_sql_checked(base_of(field.type_()), out)? {
        let length = i32::try_from(out.len() - length_at - 4)?;
        out[length_at..length_at + 4].copy_from_slice(&length.to_be_bytes());
    }
    Ok(())
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
