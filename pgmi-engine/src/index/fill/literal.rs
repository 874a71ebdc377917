//! Values that somebody wrote down: in checks, which allow them, and in queries, which look for them.

use super::check::{CheckLiteral, literals};
use super::column::Filler;
use super::number::Number;
use super::rows::{ColumnStatistics, whole};

/// What kind of order values have, as far as literals can be reckoned with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    Numbers,
    Days,
    Moments,
}

/// In thousandths: how often a value comes that queries look for.
pub(super) const RARE: u64 = 10;

/// In thousandths: how many of the rows lie on the side that queries look for.
const RARE_SIDE: u64 = 20;

impl Filler<'_> {
    /// Literals of checks that can be values of the column, as SQL.
    pub(super) fn pool(&self) -> Vec<String> {
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
    pub(super) fn rare(&self) -> Vec<String> {
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
    pub(super) fn mostly(&self, usual: String) -> String {
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
    pub(super) fn beside(&self, line: Line) -> Option<String> {
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
    pub(super) fn near(&self, pool: &[String]) -> Vec<String> {
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

    pub(super) fn boolean(&self, plain: String) -> String {
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

    pub(super) fn most_common(&self, statistics: &ColumnStatistics, plain: &str) -> String {
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

    pub(super) fn line(&self) -> Option<Line> {
        match self.base_name() {
            "int2" | "int4" | "int8" | "numeric" | "float4" | "float8" => Some(Line::Numbers),
            "date" => Some(Line::Days),
            "timestamp" | "timestamptz" => Some(Line::Moments),
            _ => None,
        }
    }
}

/// A string literal. Backslashes mean themselves.
fn quoted(value: &str) -> String {
    format!("'{}'", value.replace('\'', "''"))
}
