//! What stands in a column: values that its checks may like, rare ones that queries look for, NULLs.

use super::hint::{Fields, Hint, Moment, Nulls};
use super::literal::RARE;
use super::number::{Number, salt};
use super::rows::{ColumnStatistics, whole};
use super::table::{Column, Table};
use super::value::Values;
use crate::catalog::{Catalog, Kind, Oid};

/// A column about to be filled.
pub(super) struct Filler<'a> {
    pub catalog: &'a Catalog,
    pub table: &'a Table,
    pub column: &'a Column,
    pub hint: &'a Hint,
    /// What a real database says of it, and how many rows it has there.
    pub statistics: Option<(&'a ColumnStatistics, f64)>,
    /// The share of NULLs that somebody says it has.
    pub nulls: Option<f64>,
    /// How many rows the table gets.
    pub rows: u64,
}

/// A parent that has children has about so many.
pub(super) const CHILDREN: u64 = 10;

/// Of a group of which the first rows are wanted there are so many times as many.
const MORE: u64 = 5;

/// In thousandths: NULLs where nothing is known.
const NULLS: u64 = 100;

/// In thousandths: NULLs where they are what most rows have.
const USUAL: u64 = 950;

impl Filler<'_> {
    /// SQL over `g.i`; none for a type of which no value is known.
    pub(super) fn expression(&self) -> Option<String> {
        let filled = match self.is_distinguishing() {
            true => self.fitting(self.shapes(&Number::row())?),
            false => self.varied()?,
        };
        Some(self.with_nulls(filled))
    }

    /// SQL of one of these values, which is computed once: the one of some row, and where no check likes that, others.
    pub(super) fn once(&self) -> Option<String> {
        let each = self.varied()?;
        let one = format!("(select {each} from (values (77::int8)) as g (i))");
        Some(if self.conditions().is_some() { format!("coalesce({one}, {each})") } else { one })
    }

    /// The value that the column has in the row of that number, where it tells rows apart.
    pub(super) fn of_row(&self, row: &Number) -> Option<String> {
        self.values(0).value(self.column.type_oid, &self.column.type_name, row)
    }

    fn is_distinguishing(&self) -> bool {
        let keys = self.table.keys.iter();
        keys.filter_map(|key| self.table.distinguishing(key)).any(|it| it == self.column.number)
    }

    fn varied(&self) -> Option<String> {
        let number = Number::row().hashed(self.salt(1), self.distinct());
        let plain = self.shapes(&number)?;
        if let Some((statistics, _)) = self.statistics.filter(|(it, _)| !it.most_common.is_empty())
        {
            return Some(self.most_common(statistics, &self.fitting(plain)));
        }
        if self.base_name() == "bool" {
            return Some(self.boolean(self.fitting(plain)));
        }
        let (pool, rare) = (self.pool(), self.rare());
        if let (Some(line), true) = (self.line(), pool.is_empty())
            && let Some(beside) = self.beside(line)
        {
            return Some(beside);
        }
        let common: Vec<String> = pool.iter().filter(|it| !rare.contains(it)).cloned().collect();
        let is_closed = !pool.is_empty() && common.is_empty();
        let tried = if is_closed { &pool } else { &common };
        let usual = self.fitting([self.near(tried), plain].concat());
        let usual = self.mostly(self.allowed(tried, usual));
        if rare.is_empty() || is_closed {
            return Some(usual);
        }
        let share = RARE * u64::try_from(rare.len()).unwrap_or(1);
        let thousand = self.thousand(2);
        Some(format!(
            "case when {thousand} < {share} then {} else {usual} end",
            self.one_of(&rare, 3)
        ))
    }

    /// One of a pool of values of which it is found out once which of them the checks allow; the other where that is none.
    fn allowed(&self, pool: &[String], other: String) -> String {
        let (Some(conditions), None) = (self.conditions(), self.line()) else { return other };
        if pool.is_empty() {
            return other;
        }
        let name = crate::index::quoted(&self.column.name);
        let count = u64::try_from(pool.len()).unwrap_or(1);
        let choice = Number::row().hashed(self.salt(3), count).0;
        format!(
            "coalesce((select pg_catalog.array_agg(t.{name}) from pg_catalog.unnest(array[{}]) as t ({name}) \
             where {conditions})[1 + {choice}], {other})",
            pool.join(", ")
        )
    }

    /// The checks of this column alone, where it has some.
    fn conditions(&self) -> Option<String> {
        let checks = self.table.checks.iter().filter(|it| it.columns == [self.column.number]);
        let all: Vec<String> =
            checks.map(|check| format!("({}) is not false", check.condition)).collect();
        (!all.is_empty()).then(|| all.join(" and "))
    }

    /// The first of these values that the checks of this column alone allow.
    fn fitting(&self, mut values: Vec<String>) -> String {
        let Some(conditions) = self.conditions().filter(|_| !values.is_empty()) else {
            return if values.is_empty() { "null".to_owned() } else { values.swap_remove(0) };
        };
        let name = crate::index::quoted(&self.column.name);
        // OFFSET keeps the value from being computed twice. The next one is computed only where this one will not do.
        let only_fitting = |value: &String| {
            format!(
                "(select t.{name} from (select {value} as {name} offset 0) as t where {conditions})"
            )
        };
        format!("coalesce({})", values.iter().map(only_fitting).collect::<Vec<_>>().join(", "))
    }

    /// Values for a number. Of text more than one: in shapes that patterns in checks ask for.
    fn shapes(&self, number: &Number) -> Option<Vec<String>> {
        let future = match self.hint.moment {
            _ if self.is_distinguishing() => 0,
            Some(Moment::Past) => 2,
            Some(Moment::Future) => 98,
            None => 10,
        };
        let values = self.values(future);
        let plain = values.value(self.column.type_oid, &self.column.type_name, number)?;
        let checked = self.table.checks.iter().any(|it| it.columns.contains(&self.column.number));
        if !checked || !self.is_text() {
            return Some(vec![plain]);
        }
        let letters = format!("pg_catalog.translate({plain}, '0123456789', 'ghijklmnop')");
        let digits = format!("pg_catalog.translate({plain}, 'abcdef', '012345')");
        let md5 = format!("pg_catalog.md5(({})::text)", number.0);
        let shapes = [
            plain.clone(),
            letters.clone(),
            format!("pg_catalog.upper({letters})"),
            format!("pg_catalog.initcap({letters})"),
            digits.clone(),
            format!("'+' || {digits}"),
            format!("{letters} || '@example.com'"),
            format!("'https://example.com/' || {letters}"),
            format!("pg_catalog.upper(pg_catalog.left({letters}, 2))"),
            format!("pg_catalog.upper(pg_catalog.left({letters}, 3))"),
            format!("'#' || pg_catalog.left({md5}, 6)"),
            format!("{md5}::uuid::text"),
        ];
        Some(shapes.map(|shape| format!("({shape})::{}", self.column.type_name)).to_vec())
    }

    fn with_nulls(&self, filled: String) -> String {
        let share = match (self.nulls, self.hint.nulls) {
            (Some(share), _) => whole(share * 1000.0),
            (None, Some(Nulls::Rare)) => RARE,
            (None, Some(Nulls::Common)) => 500,
            (None, Some(Nulls::Usual)) => USUAL,
            (None, None) => NULLS,
        };
        match self.column.not_null || share == 0 {
            true => filled,
            false => format!("case when {} >= {share} then {filled} end", self.thousand(10)),
        }
    }

    /// A reference of a column that may be NULL, which is one now and then.
    pub(super) fn reference(&self, parent: String) -> String {
        if self.nulls.is_some() || self.hint.nulls == Some(Nulls::Usual) {
            return self.with_nulls(parent);
        }
        let nulls = Number::row().hashed(salt(&self.table.schema, &self.table.name, "null"), 20);
        format!("case when {} > 0 then {parent} end", nulls.0)
    }

    /// How many different values there should be.
    fn distinct(&self) -> u64 {
        if let Some((statistics, real)) = self.statistics {
            let rows = real.max(1.0);
            let share = match statistics.n_distinct {
                share if share < 0.0 => -share,
                // A tenth of all rows are not a fixed set any more: with fewer rows there are fewer.
                count if count > rows / 10.0 => count / rows,
                count => return whole(count).max(1),
            };
            return share_of(self.rows, share);
        }
        if self.hint.first > 0 {
            return (self.rows / self.alike()).max(2);
        }
        match self.base_name() {
            "timestamp" | "timestamptz" | "interval" => self.rows,
            "numeric" | "float4" | "float8" | "money" => self.rows / 2,
            // As many as children of a parent.
            _ => self.rows / CHILDREN,
        }
        .max(2)
    }

    /// How many rows have the same value, where values stand for something that rows belong to. Who wants the first of them
    /// has several times as many; but there are a hundred such values at least.
    pub(super) fn alike(&self) -> u64 {
        (self.hint.first * MORE).min(self.rows / 100).max(CHILDREN)
    }

    fn values(&self, future: u64) -> Values<'_> {
        let fields: &Fields = &self.hint.fields;
        Values { catalog: self.catalog, fields, future }
    }

    pub(super) fn one_of(&self, values: &[String], salt: u64) -> String {
        let choice =
            Number::row().hashed(self.salt(salt), u64::try_from(values.len()).unwrap_or(1));
        match values {
            [only] => only.clone(),
            _ => format!("(array[{}])[1 + {}]", values.join(", "), choice.0),
        }
    }

    /// A number below a thousand.
    pub(super) fn thousand(&self, salt: u64) -> String {
        Number::row().hashed(self.salt(salt), 1000).0
    }

    pub(super) fn salt(&self, purpose: u64) -> u64 {
        salt(&self.table.schema, &self.table.name, &self.column.name) ^ purpose
    }

    pub(super) fn cast(&self, text: &str) -> String {
        format!("{text}::{}", self.column.type_name)
    }

    fn base(&self) -> Oid {
        self.catalog.base_type(self.column.type_oid)
    }

    pub(super) fn base_name(&self) -> &str {
        match self.catalog.type_of(self.base()) {
            Some(found) if matches!(found.kind, Kind::Base) => &found.name,
            _ => "",
        }
    }

    pub(super) fn is_text(&self) -> bool {
        matches!(self.base_name(), "text" | "varchar" | "bpchar" | "citext")
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a count of rows that a table is filled with is small"
)]
fn share_of(rows: u64, share: f64) -> u64 {
    whole(rows as f64 * share).max(1)
}
