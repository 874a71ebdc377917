//! Values for the parameters of queries, as they stand in the tables.

use std::collections::{HashMap, HashSet};

use postgres::Client;

use crate::index::{ColumnName, Parameter, quoted};

/// Values of columns, in their order.
#[derive(Debug, Default)]
pub(super) struct Samples {
    columns: HashMap<ColumnName, Vec<String>>,
    /// Those of few values, all of them common.
    few: HashSet<ColumnName>,
    /// Whether a row may be asked where there are no statistics.
    reads_rows: bool,
}

impl Samples {
    /// `reads_rows` says whether a row may be asked where statistics say nothing.
    pub(super) fn read(client: &mut Client, reads_rows: bool) -> Result<Self, postgres::Error> {
        let (mut columns, mut few) = (HashMap::new(), HashSet::new());
        for row in client.query(include_str!("sample.sql"), &[])? {
            let column = ColumnName {
                schema: row.try_get(0)?,
                table: row.try_get(1)?,
                column: row.try_get(2)?,
            };
            let common: Option<Vec<String>> = row.try_get("common")?;
            let bounds: Option<Vec<String>> = row.try_get("bounds")?;
            let bounds = bounds.filter(|it| it.len() > 1);
            if bounds.is_none() {
                few.insert(column.clone());
            }
            let values = bounds.or(common).unwrap_or_default();
            columns.insert(column, values);
        }
        Ok(Self { columns, few, reads_rows })
    }

    /// A value at that share of the way from the least to the greatest. A column whose type has no order has
    /// no statistics of that kind: a row is asked.
    fn at(&mut self, client: &mut Client, column: &ColumnName, share: usize) -> Option<String> {
        if self.reads_rows && self.columns.get(column).is_none_or(Vec::is_empty) {
            let value = any_value(client, column);
            self.columns.insert(column.clone(), value.into_iter().collect());
        }
        let values = self.columns.get(column)?;
        values.get((values.len() * share / 100).min(values.len().checked_sub(1)?)).cloned()
    }

    /// The one between the others, in the order of their texts.
    fn middle(&self, column: &ColumnName) -> Option<String> {
        let mut values = self.columns.get(column)?.clone();
        values.sort();
        values.get(values.len() / 2).cloned()
    }

    /// The arguments of EXECUTE; none for one of which no value is known. A comparison with NULL needs no plan, so
    /// that stands for none.
    pub(super) fn arguments(
        &mut self,
        client: &mut Client,
        parameters: &[Parameter],
    ) -> Vec<Option<String>> {
        parameters.iter().map(|it| self.argument(client, it, parameters)).collect()
    }

    fn argument(
        &mut self,
        client: &mut Client,
        parameter: &Parameter,
        all: &[Parameter],
    ) -> Option<String> {
        let known = parameter.column.as_ref().and_then(|column| {
            let value = match share(parameter, all) {
                // Which of a few values is the most common is for the sample to say; which stands between the others, not.
                95 | 5 if self.few.contains(column) => self.middle(column)?,
                share => self.at(client, column, share)?,
            };
            Some(match (parameter.any, parameter.operator.as_deref()) {
                (true, _) => {
                    let values = [30, 50, 70].map(|share| self.at(client, column, share));
                    let elements: Vec<String> =
                        values.into_iter().flatten().map(|it| element(&it)).collect();
                    format!("{{{}}}", elements.join(","))
                }
                (false, Some(operator @ ("~~" | "~~*"))) => {
                    let any = any_value(client, column).filter(|_| self.reads_rows);
                    format!("{}%", self.prefix(&any.unwrap_or(value), operator))
                }
                _ => value,
            })
        });
        match known {
            Some(value) => Some(literal(&value)),
            None => usual(&parameter.type_name),
        }
    }
}

impl Samples {
    /// What a pattern begins with. The bounds of a histogram stand for a twentieth of the rows each, and a pattern that
    /// one of them matches would be taken for as common as that: in a throwaway database, whose rows are random, what
    /// lies beside is as good. Of ILIKE a B-tree knows what has no letters, which few patterns have not.
    fn prefix(&self, value: &str, operator: &str) -> String {
        let mut letters: Vec<char> = value.chars().take(4).collect();
        if !self.reads_rows {
            return letters.into_iter().collect();
        }
        if let [_, _, _, last] = &mut letters[..] {
            *last = char::from_u32(u32::from(*last) + 1).unwrap_or(*last);
        }
        match letters.first_mut() {
            Some(first) if operator == "~~*" && !first.is_alphabetic() => *first = 'a',
            _ => {}
        }
        letters.into_iter().collect()
    }
}

/// A query that asks for what is above a bound asks for the few newest, mostly; between two bounds lies a little.
fn share(parameter: &Parameter, all: &[Parameter]) -> usize {
    let is = |it: &Parameter, sign| {
        it.operator.as_deref().is_some_and(|operator| operator.starts_with(sign))
    };
    let same = || all.iter().filter(|it| it.column == parameter.column);
    let bounded = same().any(|it| is(it, '<')) && same().any(|it| is(it, '>'));
    match (is(parameter, '<'), is(parameter, '>')) {
        (true, false) if bounded => 52,
        (true, false) => 5,
        (false, true) if !bounded => 95,
        _ => 50,
    }
}

fn any_value(client: &mut Client, column: &ColumnName) -> Option<String> {
    let (schema, table, name) =
        (quoted(&column.schema), quoted(&column.table), quoted(&column.column));
    let sql =
        format!("select ({name})::text from {schema}.{table} where {name} is not null limit 1");
    client.query_opt(&sql, &[]).ok()??.try_get(0).ok()
}

/// A value of a type for a parameter that is compared with no column.
fn usual(type_name: &str) -> Option<String> {
    let text = match type_name {
        "smallint" | "integer" | "bigint" | "numeric" | "real" | "double precision" | "oid" => "10",
        "text" | "character varying" | "character" | "citext" | "name" | "bytea" | "\"char\"" => {
            "abc"
        }
        "boolean" => "true",
        "uuid" => "00000000-0000-4000-8000-000000000001",
        "date" | "timestamp without time zone" | "timestamp with time zone" => "now",
        "time without time zone" | "time with time zone" => "12:00",
        "interval" => "1 day",
        "json" | "jsonb" => "{\"k1\": 1}",
        "inet" | "cidr" => "10.0.0.1",
        "point" => "(10,10)",
        "box" => "(20,20),(10,10)",
        "tsquery" | "tsvector" => "w1",
        array if array.ends_with("[]") => "{}",
        _ => return None,
    };
    Some(literal(text))
}

fn literal(value: &str) -> String {
    format!("'{}'", value.replace('\'', "''"))
}

/// As it stands in an array's text.
fn element(value: &str) -> String {
    format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parameter(operator: &str) -> Parameter {
        let column = ["public", "t", "c"].map(str::to_owned);
        let [schema, table, column] = column;
        Parameter {
            type_name: "integer".to_owned(),
            column: Some(ColumnName { schema, table, column }),
            operator: Some(operator.to_owned()),
            any: false,
        }
    }

    #[test]
    fn bounds_lie_near_the_end_and_two_of_them_near_each_other() {
        let (above, below) = (parameter(">"), parameter("<="));
        assert_eq!(share(&above, std::slice::from_ref(&above)), 95);
        assert_eq!(share(&below, std::slice::from_ref(&below)), 5);
        let both = [above, below];
        assert_eq!([share(&both[0], &both), share(&both[1], &both)], [50, 52]);
        assert_eq!(share(&parameter("="), &both), 50);
    }

    #[test]
    fn values_are_quoted() {
        assert_eq!(literal("it's"), "'it''s'");
        assert_eq!(element("a\"b\\"), "\"a\\\"b\\\\\"");
        assert_eq!(usual("api.mood"), None);
    }
}
