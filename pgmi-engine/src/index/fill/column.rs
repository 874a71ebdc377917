//! What stands in a column: values that its checks may like, rare ones that queries look for, NULLs.

use super::check::{CheckLiteral, literals};
use super::hint::{Fields, Hint, Moment, Nulls};
use super::number::{Number, salt};
use super::rows::{ColumnStatistics, whole};
use super::table::{Check, Column, Table};
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
    /// How many rows the table gets.
    pub rows: u64,
}

/// What kind of order values have, as far as literals can be reckoned with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Line {
    Numbers,
    Days,
    Moments,
}

/// In thousandths: how often a value comes that queries look for.
const RARE: u64 = 10;

/// In thousandths: how many of the rows lie on the side that queries look for.
const RARE_SIDE: u64 = 20;

/// In thousandths: NULLs where nothing is known.
const NULLS: u64 = 100;

impl Filler<'_> {
    /// SQL over `g.i`; none for a type of which no value is known.
    pub(super) fn expression(&self) -> Option<String> {
        let filled = match self.is_distinguishing() {
            true => self.fitting(self.shapes(&Number::row())?),
            false => self.varied()?,
        };
        Some(self.with_nulls(filled))
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
        let usual = self.mostly(self.fitting([self.near(tried), plain].concat()));
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

    /// The first of these values that the checks of this column alone allow.
    fn fitting(&self, values: Vec<String>) -> String {
        let only = |check: &&Check| check.columns == [self.column.number];
        let conditions: Vec<String> = self
            .table
            .checks
            .iter()
            .filter(only)
            .map(|check| format!("({}) is not false", check.condition))
            .collect();
        let mut values = values;
        if conditions.is_empty() && !values.is_empty() {
            return values.swap_remove(0);
        }
        let name = crate::index::quoted(&self.column.name);
        let conditions = conditions.join(" and ");
        // OFFSET keeps the value from being computed twice. The next one is computed only where this one will not do.
        let only_fitting = |value: &String| {
            format!(
                "(select t.{name} from (select {value} as {name} offset 0) as t where {conditions})"
            )
        };
        match &*values {
            [] => "null".to_owned(),
            values => format!(
                "coalesce({})",
                values.iter().map(only_fitting).collect::<Vec<_>>().join(", ")
            ),
        }
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

    /// Literals of checks that can be values of the column, as SQL.
    fn pool(&self) -> Vec<String> {
        let number = self.column.number;
        let checks = self.table.checks.iter().filter(|it| it.columns.contains(&number));
        let mut all: Vec<String> = checks
            .flat_map(|check| literals(&check.condition))
            .filter(|literal| self.can_be(literal))
            .map(|literal| self.cast(&literal.text))
            .collect();
        all.dedup();
        all
    }

    fn can_be(&self, literal: &CheckLiteral) -> bool {
        let written = literal.type_name.as_deref();
        match self.line() {
            Some(Line::Numbers) => {
                let is_number = |it: &str| {
                    matches!(
                        it,
                        "integer" | "bigint" | "smallint" | "numeric" | "real" | "double precision"
                    )
                };
                written.map_or_else(|| !literal.text.starts_with('\''), is_number)
            }
            Some(Line::Days | Line::Moments) => {
                written.is_some_and(|it| it == "date" || it.starts_with("timestamp"))
            }
            None if self.is_text() => {
                let is_text = |it| matches!(it, "text" | "character varying" | "bpchar" | "citext");
                let is_pattern = literal.text.contains(['%', '^', '[', '\\']);
                literal.text.contains('\'') && !is_pattern && written.is_none_or(is_text)
            }
            None => written == Some(&*self.column.type_name),
        }
    }

    /// Values that queries compare the column with by equality, containment or a pattern, as SQL.
    fn rare(&self) -> Vec<String> {
        let literals = self.hint.literals.iter();
        let value = |(operator, value): &(String, String)| match &**operator {
            "=" | "@>" | "<@" | "&&" => Some(self.cast(&quoted(value))),
            "~~" | "~~*" | "^@" if self.is_text() => {
                let parts: Vec<String> = value.split(['%', '_']).map(quoted).collect();
                let some =
                    format!("pg_catalog.to_hex({})", Number::row().hashed(self.salt(5), 4096).0);
                Some(format!(
                    "({})::{}",
                    parts.join(&format!(" || {some} || ")),
                    self.column.type_name
                ))
            }
            _ => None,
        };
        let mut all: Vec<String> = literals.filter_map(value).collect();
        all.truncate(20);
        all
    }

    /// What a query leaves out with `<>` is most of what there is.
    fn mostly(&self, usual: String) -> String {
        let mut literals = self.hint.literals.iter();
        match literals.find(|(operator, _)| operator == "<>") {
            Some((_, value)) => {
                let value = self.cast(&quoted(value));
                format!("case when {} < 950 then {value} else {usual} end", self.thousand(4))
            }
            None => usual,
        }
    }

    /// Most values on the side of a literal that no query looks for.
    fn beside(&self, line: Line) -> Option<String> {
        let is_bound = |it: &&(String, String)| matches!(&*it.0, "<" | "<=" | ">" | ">=");
        let (operator, value) = self.hint.literals.iter().find(is_bound)?;
        let (rare, usual) = if operator.starts_with('<') { ("-", "") } else { ("", "-") };
        let away = format!(
            "case when {} < {RARE_SIDE} then {rare}1 else {usual}1 end * (1 + {})",
            self.thousand(2),
            Number::row().hashed(self.salt(6), 1000).0
        );
        Some(self.moved(line, &self.cast(&quoted(value)), &away))
    }

    /// Values of a pool; where they can be reckoned with, also between and around them.
    fn near(&self, pool: &[String]) -> Vec<String> {
        if pool.is_empty() {
            return Vec::new();
        }
        let exact = self.one_of(pool, 3);
        let Some(line) = self.line() else { return vec![exact, self.one_of(pool, 13)] };
        let all = pool.join(", ");
        let (low, high) = (format!("least({all})"), format!("greatest({all})"));
        let part = self.thousand(9);
        let cast = &self.column.type_name;
        let between = match line {
            Line::Numbers => format!("({low} + ({high} - {low}) * ({part} / 1000.0))::{cast}"),
            Line::Days => format!("{low} + (({high} - {low}) * {part} / 1000)::int4"),
            Line::Moments => format!("{low} + ({high} - {low}) * ({part} / 1000.0)"),
        };
        let away = format!("({} - 1000)", Number::row().hashed(self.salt(6), 2001).0);
        let around = self.moved(line, &exact, &away);
        let quarter = Number::row().hashed(self.salt(8), 4).0;
        let any =
            format!("case {quarter} when 0 then {exact} when 1 then {around} else {between} end");
        vec![any, between, exact, around]
    }

    fn moved(&self, line: Line, from: &str, away: &str) -> String {
        match line {
            Line::Numbers => format!("({from} + {away})::{}", self.column.type_name),
            Line::Days => format!("({from} + ({away})::int4)"),
            Line::Moments => format!("({from} + ({away}) * interval '1 hour')"),
        }
    }

    fn boolean(&self, plain: String) -> String {
        let literals = self.hint.literals.iter().filter(|(operator, _)| operator == "=");
        let said = literals.map(|(_, value)| matches!(&**value, "t" | "true"));
        let wanted: Vec<bool> = self.hint.wanted.iter().copied().chain(said).collect();
        let rare = self.thousand(2);
        match (wanted.contains(&true), wanted.contains(&false)) {
            (true, false) => format!("{rare} < {RARE_SIDE}"),
            (false, true) => format!("{rare} >= {RARE_SIDE}"),
            _ => plain,
        }
    }

    fn most_common(&self, statistics: &ColumnStatistics, plain: &str) -> String {
        let mut sum = 0.0;
        let (mut bounds, mut values) = (Vec::new(), Vec::new());
        for (value, share) in &statistics.most_common {
            sum += share;
            bounds.push(whole(sum * 1e6).to_string());
            values.push(self.cast(&quoted(value)));
        }
        let part = Number::row().hashed(self.salt(2), 1_000_000).0;
        format!(
            "coalesce((array[{}])[1 + pg_catalog.width_bucket({part}, array[{}]::int8[])], {plain})",
            values.join(", "),
            bounds.join(", "),
        )
    }

    fn with_nulls(&self, filled: String) -> String {
        let share = match (self.statistics, self.hint.nulls) {
            (Some((statistics, _)), _) => whole(statistics.null_frac * 1000.0),
            (None, Some(Nulls::Rare)) => RARE,
            (None, Some(Nulls::Common)) => 500,
            (None, None) => NULLS,
        };
        match self.column.not_null || share == 0 {
            true => filled,
            false => format!("case when {} >= {share} then {filled} end", self.thousand(10)),
        }
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
        match self.base_name() {
            "timestamp" | "timestamptz" | "interval" => self.rows,
            "numeric" | "float4" | "float8" | "money" => self.rows / 2,
            // As many as children of a parent.
            _ => self.rows / super::refer::CHILDREN,
        }
        .max(2)
    }

    fn values(&self, future: u64) -> Values<'_> {
        let fields: &Fields = &self.hint.fields;
        Values { catalog: self.catalog, fields, future }
    }

    fn one_of(&self, values: &[String], salt: u64) -> String {
        let choice =
            Number::row().hashed(self.salt(salt), u64::try_from(values.len()).unwrap_or(1));
        match values {
            [only] => only.clone(),
            _ => format!("(array[{}])[1 + {}]", values.join(", "), choice.0),
        }
    }

    /// A number below a thousand.
    fn thousand(&self, salt: u64) -> String {
        Number::row().hashed(self.salt(salt), 1000).0
    }

    fn salt(&self, purpose: u64) -> u64 {
        salt(&self.table.schema, &self.table.name, &self.column.name) ^ purpose
    }

    fn cast(&self, text: &str) -> String {
        format!("{text}::{}", self.column.type_name)
    }

    fn base(&self) -> Oid {
        self.catalog.base_type(self.column.type_oid)
    }

    fn base_name(&self) -> &str {
        match self.catalog.type_of(self.base()) {
            Some(found) if matches!(found.kind, Kind::Base) => &found.name,
            _ => "",
        }
    }

    fn is_text(&self) -> bool {
        matches!(self.base_name(), "text" | "varchar" | "bpchar" | "citext")
    }

    fn line(&self) -> Option<Line> {
        match self.base_name() {
            "int2" | "int4" | "int8" | "numeric" | "float4" | "float8" => Some(Line::Numbers),
            "date" => Some(Line::Days),
            "timestamp" | "timestamptz" => Some(Line::Moments),
            _ => None,
        }
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a count of rows that a table is filled with is small"
)]
fn share_of(rows: u64, share: f64) -> u64 {
    whole(rows as f64 * share).max(1)
}

/// A string literal. Backslashes mean themselves.
fn quoted(value: &str) -> String {
    format!("'{}'", value.replace('\'', "''"))
}
