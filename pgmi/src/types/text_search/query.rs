use bytes::{BufMut, BytesMut};
use postgres_types::{Format, FromSql, IsNull, ToSql, Type, accepts, to_sql_checked};

use super::Weight;
use super::vector::put_c_string;
use crate::types::parse::debug_as_text;
use crate::types::wire::{Binary, BoxError, Problem, Reader, decode, encode, put_count};

/// A value of type `tsquery`, in prefix notation: each operator stands before its operands, and of two
/// operands the **right** one comes first, as PostgreSQL keeps it.
///
/// Text is the easier way to make one: `to_tsquery($1)`.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct TsQuery {
    items: Vec<QueryItem>,
}

/// A word or an operator of a [`TsQuery`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum QueryItem {
    /// A word to be found.
    Word {
        /// The normalized word.
        text: String,
        /// The weights that count; none of them means all.
        weights: Vec<Weight>,
        /// Whether it is the beginning of words: `:*`.
        prefix: bool,
    },
    /// `!`, before one operand.
    Not,
    /// `&`, before two.
    And,
    /// `|`, before two.
    Or,
    /// `<->`, or `<n>` with this distance, before two.
    Phrase(i16),
}

debug_as_text!(TsQuery);

impl TsQuery {
    /// A query of these items; none when operators and operands do not match.
    pub fn new(items: Vec<QueryItem>) -> Option<Self> {
        is_tree(&items).then_some(Self { items })
    }

    /// Its words and operators in prefix notation, the right operand first; none of the empty query.
    pub fn items(&self) -> &[QueryItem] {
        &self.items
    }
}

impl QueryItem {
    fn operands(&self) -> usize {
        match self {
            Self::Word { .. } => 0,
            Self::Not => 1,
            Self::And | Self::Or | Self::Phrase(_) => 2,
        }
    }
}

/// Whether every operator has its operands, and nothing is left over.
fn is_tree(items: &[QueryItem]) -> bool {
    let mut missing = usize::from(!items.is_empty());
    for item in items {
        let Some(others) = missing.checked_sub(1) else { return false };
        missing = others + item.operands();
    }
    missing == 0
}

/// `QI_VAL` in ts_type.h.
const WORD: u8 = 1;
/// `QI_OPR`.
const OPERATOR: u8 = 2;

// `OP_NOT` … in ts_type.h.
const NOT: u8 = 1;
const AND: u8 = 2;
const OR: u8 = 3;
const PHRASE: u8 = 4;

impl<'a> FromSql<'a> for TsQuery {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, BoxError> {
        decode(ty, raw)
    }

    accepts!(TSQUERY);
}

/// The empty query goes as text: `tsqueryrecv` refuses the form that `tsquerysend` gave it. In an array, which
/// has one format for all its elements, PostgreSQL does not take it.
impl ToSql for TsQuery {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, BoxError> {
        if self.items.is_empty() { Ok(IsNull::No) } else { encode(self, ty, out) }
    }

    fn encode_format(&self, _: &Type) -> Format {
        if self.items.is_empty() { Format::Text } else { Format::Binary }
    }

    accepts!(TSQUERY);
    to_sql_checked!();
}

/// `tsqueryrecv` in tsquery.c.
impl Binary<'_> for TsQuery {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Problem> {
        let count = reader.count(2)?;
        let items = (0..count).map(|_| item(reader)).collect::<Result<_, _>>()?;
        Self::new(items).ok_or("its operators and operands do not match")
    }

    fn write(&self, out: &mut BytesMut) -> Result<(), Problem> {
        put_count(self.items.len(), out)?;
        self.items.iter().try_for_each(|item| put(item, out))
    }
}

fn item(reader: &mut Reader<'_>) -> Result<QueryItem, Problem> {
    match [reader.u8()?, reader.u8()?] {
        [WORD, weights] => Ok(QueryItem::Word {
            weights: Weight::ALL.into_iter().filter(|it| weights & bit(*it) != 0).collect(),
            prefix: reader.u8()? != 0,
            text: reader.c_string()?.to_owned(),
        }),
        [OPERATOR, NOT] => Ok(QueryItem::Not),
        [OPERATOR, AND] => Ok(QueryItem::And),
        [OPERATOR, OR] => Ok(QueryItem::Or),
        [OPERATOR, PHRASE] => reader.i16().map(QueryItem::Phrase),
        _ => Err("an operator in it is unknown"),
    }
}

fn put(item: &QueryItem, out: &mut BytesMut) -> Result<(), Problem> {
    match item {
        QueryItem::Word { text, weights, prefix } => {
            let weights = weights.iter().fold(0, |bits, weight| bits | bit(*weight));
            out.put_slice(&[WORD, weights, u8::from(*prefix)]);
            put_c_string(text, out)?;
        }
        QueryItem::Not => out.put_slice(&[OPERATOR, NOT]),
        QueryItem::And => out.put_slice(&[OPERATOR, AND]),
        QueryItem::Or => out.put_slice(&[OPERATOR, OR]),
        QueryItem::Phrase(distance) => {
            out.put_slice(&[OPERATOR, PHRASE]);
            out.put_i16(*distance);
        }
    }
    Ok(())
}

fn bit(weight: Weight) -> u8 {
    1 << weight as u8
}
