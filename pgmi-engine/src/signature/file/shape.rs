//! The YAML of committed files, as serde sees it. Strict: a key that is not known is an error.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, Visitor};

/// `<name>.sig.yaml`
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields, expecting = "a mapping with `parameters` and `result`")]
pub(super) struct SignatureShape {
    #[serde(default)]
    pub idempotent: bool,
    #[serde(default = "Ordered::empty")]
    pub parameters: Ordered<FieldShape>,
    pub result: Option<ResultShape>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields, expecting = "a mapping with `cardinality` and `columns`")]
pub(super) struct ResultShape {
    pub cardinality: CardinalityShape,
    pub columns: Ordered<FieldShape>,
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum CardinalityShape {
    ZeroOrOne,
    One,
    Many,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields, expecting = "a mapping with `type` and `not_null`")]
pub(super) struct FieldShape {
    #[serde(rename = "type")]
    pub type_shape: TypeShape,
    pub not_null: bool,
    pub dims: Option<u8>,
    pub element_not_null: Option<bool>,
}

/// `types/<schema>/<type>.sig.yaml`
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields, expecting = "a mapping with `enum` or `composite`")]
pub(super) struct TypeFileShape {
    #[serde(rename = "enum")]
    pub labels: Option<Vec<String>>,
    pub composite: Option<Ordered<FieldShape>>,
}

/// `int8`, `text[]`, or pGenie's older `{array: {element: {name, not_null}}}`.
pub(super) enum TypeShape {
    Name(String),
    Array(ElementShape),
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ElementShape {
    pub name: String,
    pub not_null: bool,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct ArrayOf {
    array: Array,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Array {
    element: ElementShape,
}

/// A mapping in the order of the file, each key once.
pub(super) struct Ordered<T>(pub Vec<(String, T)>);

impl<T> Ordered<T> {
    fn empty() -> Self {
        Self(Vec::new())
    }
}

impl<'de> Deserialize<'de> for TypeShape {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TypeVisitor)
    }
}

struct TypeVisitor;

impl<'de> Visitor<'de> for TypeVisitor {
    type Value = TypeShape;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a type")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<TypeShape, E> {
        Ok(TypeShape::Name(name.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<TypeShape, A::Error> {
        let shape = ArrayOf::deserialize(serde::de::value::MapAccessDeserializer::new(map))?;
        Ok(TypeShape::Array(shape.array.element))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Ordered<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(OrderedVisitor(PhantomData))
    }
}

struct OrderedVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for OrderedVisitor<T> {
    type Value = Ordered<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a mapping from names")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Ordered<T>, A::Error> {
        let mut entries: Vec<(String, T)> = Vec::new();
        while let Some(key) = map.next_key_seed(NewKey(&entries))? {
            entries.push((key, map.next_value()?));
        }
        Ok(Ordered(entries))
    }
}

/// A key that is not yet among these. Refused while it is read, so that the error has its place.
struct NewKey<'a, T>(&'a [(String, T)]);

impl<'de, T> DeserializeSeed<'de> for NewKey<'_, T> {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<T> Visitor<'_> for NewKey<'_, T> {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<String, E> {
        if self.0.iter().any(|(known, _)| known == key) {
            return Err(E::custom(format!("`{key}` stands twice")));
        }
        Ok(key.to_owned())
    }
}
