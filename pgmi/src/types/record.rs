use postgres_types::{FromSql, Kind, Type};

use super::Array;
use super::domain;
use super::wire::{BoxError, Problem, Reader, invalid};

/// A value of type `record`, whose fields the query makes up: `select (a, b)`. PostgreSQL says of each field
/// its type but not its name.
///
/// There are no parameters of this type: `record_recv` in rowtypes.c refuses them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Record {
    fields: Vec<RecordField>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct RecordField {
    type_oid: u32,
    bytes: Option<Vec<u8>>,
}

impl Record {
    /// How many fields it has.
    pub fn len(&self) -> usize {
        self.fields.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// The number of the type of a field, the first one at 0.
    pub fn type_oid(&self, index: usize) -> Option<u32> {
        self.fields.get(index).map(|field| field.type_oid)
    }

    /// A field in its binary form; none when it is NULL or there is no such field.
    pub fn bytes(&self, index: usize) -> Option<&[u8]> {
        self.fields.get(index)?.bytes.as_deref()
    }

    /// A field of a built-in type.
    ///
    /// # Errors
    ///
    /// When there is no such field, its type is not built in, or `T` cannot hold it.
    pub fn get<'a, T: FromSql<'a>>(&'a self, index: usize) -> Result<T, BoxError> {
        let ty = self.type_oid(index).map(|oid| {
            let unknown = || Type::new(oid.to_string(), oid, Kind::Simple, String::new());
            Type::from_oid(oid).unwrap_or_else(unknown)
        });
        self.get_as(index, &ty.unwrap_or(Type::UNKNOWN))
    }

    /// A field of any type, which the caller knows.
    ///
    /// # Errors
    ///
    /// When there is no such field, it is of another type, or `T` cannot hold it.
    pub fn get_as<'a, T: FromSql<'a>>(&'a self, index: usize, ty: &Type) -> Result<T, BoxError> {
        let wrong = |problem| invalid(&Type::RECORD, problem);
        let field = self.fields.get(index).ok_or_else(|| wrong("it has fewer fields"))?;
        if field.type_oid != ty.oid() {
            return Err(wrong("its field is of another type"));
        }
        domain::decode(ty, field.bytes.as_deref())
    }
}

/// `record_send` in rowtypes.c: the number of fields; of each the type, the length and the value.
impl<'a> FromSql<'a> for Record {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, BoxError> {
        let fields = fields(raw).map_err(|problem| invalid(ty, problem))?;
        Ok(Self { fields })
    }

    fn accepts(ty: &Type) -> bool {
        *ty == Type::RECORD || matches!(ty.kind(), Kind::Composite(_))
    }
}

/// A value of type `record[]`: `select array[(a, b), (c, d)]`. A pseudo-type too, so that no `Vec` reads it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Records(pub Vec<Option<Record>>);

impl<'a> FromSql<'a> for Records {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, BoxError> {
        let name = ty.name().to_owned();
        let array = Type::new(name, ty.oid(), Kind::Array(Type::RECORD), ty.schema().to_owned());
        Array::from_sql(&array, raw).map(|records| Self(records.into_elements()))
    }

    postgres_types::accepts!(RECORD_ARRAY);
}

fn fields(raw: &[u8]) -> Result<Vec<RecordField>, Problem> {
    let mut reader = Reader::new(raw);
    let count = reader.count(2 * size_of::<i32>())?;
    let field = |_| {
        let type_oid = reader.u32()?;
        Ok(RecordField { type_oid, bytes: reader.nested()?.map(<[u8]>::to_vec) })
    };
    let fields = (0..count).map(field).collect::<Result<_, Problem>>()?;
    reader.end()?;
    Ok(fields)
}
