//! From a statement that inserts one row to one that inserts many.
//!
//! Cut out of the user's text by its words, commas and parentheses; whether it means the same is for PostgreSQL to
//! say, which is asked about what is made here as about the query itself.

use std::ops::Range;

use super::Query;
use crate::signature::{Spelling, TypeName, TypeRef};
use crate::sql::{Token, TokenKind, tokens};

/// What the rows are called in the statement that inserts many.
const ROWS: &str = "pgmi_rows";

/// `insert into relation [as alias] [(columns)] values (items) [tail]`, by its parts.
#[derive(Debug)]
pub struct Insert<'q> {
    sql: &'q str,
    /// Everything before the relation: `insert into`.
    start: Range<usize>,
    relation: Range<usize>,
    /// The alias; whatever else may stand before the columns is no INSERT that is understood here.
    alias: Range<usize>,
    columns: Option<Vec<Range<usize>>>,
    /// `overriding system value`
    overriding: Range<usize>,
    items: Vec<Range<usize>>,
    /// ON CONFLICT, RETURNING.
    tail: Range<usize>,
    parameters: usize,
}

/// Names of columns, where they are named, and their values.
type Given<'q, 'i> = (Option<Vec<&'q str>>, Vec<&'i Range<usize>>);

/// Why there is nothing for many rows.
pub type Why = &'static str;

impl<'q> Insert<'q> {
    /// The parts of a query; none where it is no INSERT of VALUES.
    ///
    /// # Errors
    /// It is one, and not of one row of values.
    pub fn of(query: &'q Query) -> Option<Result<Self, Why>> {
        let mut reader = Reader::new(&query.sql);
        (reader.word("insert") && reader.word("into")).then_some(())?;
        let start = 0..reader.here();
        let relation = reader.name()?;
        let alias = reader.alias();
        let columns = reader.list();
        let overriding = reader.overriding();
        if !reader.word("values") {
            return None;
        }
        let Some(items) = reader.list() else { return Some(Err("it has no row of values")) };
        let tail = reader.here()..query.sql.len();
        if reader.symbol(",") {
            return Some(Err("it inserts several rows already"));
        }
        let parameters = query.placeholders.len();
        if parameters == 0 {
            return Some(Err("it has no parameters"));
        }
        let sql = query.sql.as_str();
        Some(Ok(Self { sql, start, relation, alias, columns, overriding, items, tail, parameters }))
    }

    /// The statement that takes an array for each parameter, which are of these types.
    ///
    /// # Errors
    /// It would not do the same.
    pub fn many<'t>(&self, types: impl Iterator<Item = &'t TypeRef>) -> Result<String, Why> {
        if !self.numbers(&self.tail).is_empty() {
            return Err(
                "a parameter stands behind VALUES: write excluded.… for the value of the row at hand",
            );
        }
        let types: Vec<&TypeRef> = types.collect();
        if types.iter().any(|it| it.is_array()) {
            return Err("a parameter is an array, and PostgreSQL has no arrays of arrays");
        }
        let (columns, items) = self.given()?;
        let columns = columns.map_or_else(String::new, |it| format!(" ({})", it.join(", ")));
        let items: Vec<String> = items.into_iter().map(|it| self.of_row(it)).collect();
        let arrays: Vec<String> = (1..)
            .zip(types)
            .map(|(number, it)| format!("${number}::{}[]", type_name(&it.name)))
            .collect();
        let names: Vec<String> = (1..=self.parameters).map(|number| format!("p{number}")).collect();
        let (start, relation, tail) =
            (self.text(&self.start), self.text(&self.relation), self.text(&self.tail));
        let (alias, overriding) = (self.text(&self.alias), self.text(&self.overriding));
        let mut sql = format!("{start} {relation}");
        for part in [alias, columns.trim_start(), overriding] {
            if !part.is_empty() {
                sql = format!("{sql} {part}");
            }
        }
        sql.push_str(&format!(
            "\nselect {}\nfrom unnest({}) with ordinality as {ROWS} ({}, place)\norder by {ROWS}.place",
            items.join(", "),
            arrays.join(", "),
            names.join(", "),
        ));
        if !tail.is_empty() {
            sql = format!("{sql}\n{tail}");
        }
        Ok(sql)
    }

    /// The COPY that takes a row for each call.
    ///
    /// # Errors
    /// It would not do the same.
    pub fn copy(&self) -> Result<String, Why> {
        if !self.text(&self.tail).is_empty() {
            return Err("COPY knows neither ON CONFLICT nor RETURNING");
        }
        if !self.text(&self.overriding).is_empty() {
            return Err("COPY knows no OVERRIDING");
        }
        let (columns, items) = self.given()?;
        let columns = columns.ok_or("the columns are not named")?;
        let mut of = vec![None; self.parameters];
        for (column, item) in columns.into_iter().zip(items) {
            match (self.numbers(item).as_slice(), self.text(item)) {
                ([number], text) if text == format!("${number}") && of[number - 1].is_none() => {
                    of[number - 1] = Some(column);
                }
                _ => {
                    return Err(
                        "COPY takes values as they are, and each once: a value is not a parameter alone",
                    );
                }
            }
        }
        let columns: Option<Vec<&str>> = of.into_iter().collect();
        let columns = columns.ok_or("a parameter is not the value of a column")?;
        Ok(format!(
            "copy {} ({}) from stdin (format binary)",
            self.text(&self.relation),
            columns.join(", ")
        ))
    }

    /// Columns and values without those that are DEFAULT, which is what a column has that is not named.
    fn given(&self) -> Result<Given<'q, '_>, Why> {
        let is_default = |item: &&Range<usize>| self.text(item).eq_ignore_ascii_case("default");
        let Some(columns) = &self.columns else {
            return match self.items.iter().any(|it| is_default(&it)) {
                true => Err("DEFAULT stands for a column that is not named"),
                false => Ok((None, self.items.iter().collect())),
            };
        };
        if columns.len() != self.items.len() {
            return Err("there are not as many values as columns");
        }
        let pairs = columns.iter().zip(&self.items).filter(|(_, item)| !is_default(item));
        let (columns, items) = pairs.map(|(column, item)| (self.text(column), item)).unzip();
        Ok((Some(columns), items))
    }

    /// A value with each `$n` replaced by the column of the rows.
    fn of_row(&self, item: &Range<usize>) -> String {
        let text = self.text(item);
        let mut out = String::new();
        for token in tokens(text) {
            match token.kind {
                TokenKind::Parameter => {
                    out.push_str(&format!("{ROWS}.p{}", &token.text(text)[1..]));
                }
                _ => out.push_str(token.text(text)),
            }
        }
        out
    }

    /// The numbers of the parameters in a part.
    fn numbers(&self, part: &Range<usize>) -> Vec<usize> {
        let text = self.text(part);
        let parameters = tokens(text).filter(|it| it.kind == TokenKind::Parameter);
        parameters.filter_map(|it| it.text(text)[1..].parse().ok()).collect()
    }

    fn text(&self, part: &Range<usize>) -> &'q str {
        self.sql[part.clone()].trim()
    }
}

/// A type as SQL names it; those of `public` by the search path, as the query itself finds them.
fn type_name(name: &TypeName) -> String {
    let plain = |part: &str| {
        let is_plain =
            part.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'_');
        match is_plain && !part.starts_with(|it: char| it.is_ascii_digit()) {
            true => part.to_owned(),
            false => format!("\"{}\"", part.replace('"', "\"\"")),
        }
    };
    match Spelling::short(name).schema {
        None if !name.is_built_in() => format!("\"{}\"", name.name.replace('"', "\"\"")),
        _ => format!("{}.{}", plain(&name.schema), plain(&name.name)),
    }
}

/// The tokens of a statement that mean something, one after the other.
struct Reader<'q> {
    sql: &'q str,
    tokens: Vec<Token>,
    at: usize,
}

impl<'q> Reader<'q> {
    fn new(sql: &'q str) -> Self {
        Self { sql, tokens: tokens(sql).filter(|it| !it.is_blank()).collect(), at: 0 }
    }

    /// Where the next token begins.
    fn here(&self) -> usize {
        self.tokens.get(self.at).map_or(self.sql.len(), |it| it.span.start)
    }

    fn next_is(&self, kind: TokenKind, is: impl Fn(&str) -> bool) -> bool {
        self.tokens.get(self.at).is_some_and(|it| it.kind == kind && is(it.text(self.sql)))
    }

    fn take(&mut self, found: bool) -> bool {
        self.at += usize::from(found);
        found
    }

    fn word(&mut self, word: &str) -> bool {
        let found = self.next_is(TokenKind::Word, |it| it.eq_ignore_ascii_case(word));
        self.take(found)
    }

    fn symbol(&mut self, symbol: &str) -> bool {
        let found = self.next_is(TokenKind::Symbol, |it| it == symbol);
        self.take(found)
    }

    fn identifier(&mut self) -> bool {
        let found = self.next_is(TokenKind::Word, |_| true)
            || self.next_is(TokenKind::QuotedIdentifier, |_| true);
        self.take(found)
    }

    /// A name with its schema.
    fn name(&mut self) -> Option<Range<usize>> {
        let start = self.here();
        loop {
            self.identifier().then_some(())?;
            if !self.symbol(".") {
                return Some(start..self.here());
            }
        }
    }

    fn alias(&mut self) -> Range<usize> {
        let start = self.here();
        if self.word("as") {
            self.identifier();
        }
        start..self.here()
    }

    fn overriding(&mut self) -> Range<usize> {
        let start = self.here();
        if self.word("overriding") {
            self.identifier();
            self.word("value");
        }
        start..self.here()
    }

    /// What stands between parentheses, at its commas.
    fn list(&mut self) -> Option<Vec<Range<usize>>> {
        self.symbol("(").then_some(())?;
        let (mut parts, mut start, mut depth) = (Vec::new(), self.here(), 0_usize);
        while let Some(token) = self.tokens.get(self.at) {
            let end = token.span.start;
            let symbol = token.text(self.sql);
            let is_symbol = token.kind == TokenKind::Symbol;
            self.at += 1;
            match symbol {
                "(" | "[" if is_symbol => depth += 1,
                ")" if is_symbol && depth == 0 => {
                    parts.push(start..end);
                    return Some(parts);
                }
                ")" | "]" if is_symbol => depth = depth.saturating_sub(1),
                "," if is_symbol && depth == 0 => {
                    parts.push(start..end);
                    start = self.here();
                }
                _ => {}
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceText;

    fn both(sql: &str) -> Option<(Result<String, Why>, Result<String, Why>)> {
        let query = Query::parse(None, SourceText::new("q.sql", sql)).unwrap();
        let types = vec![TypeRef::built_in("int8"); query.placeholders.len()];
        Insert::of(&query).map(|insert| match insert {
            Ok(insert) => (insert.many(types.iter()), insert.copy()),
            Err(why) => (Err(why), Err(why)),
        })
    }

    #[test]
    fn one_row_becomes_many() {
        let sql = "insert into s.\"T\" as t (a, \"B\", c) values ($b, lower($a :: text), Default)
            on conflict (a) do update set c = excluded.c returning t.a";
        let (many, copy) = both(sql).unwrap();
        assert_eq!(
            many.unwrap(),
            "insert into s.\"T\" as t (a, \"B\")\n\
             select pgmi_rows.p1, lower(pgmi_rows.p2 :: text)\n\
             from unnest($1::pg_catalog.int8[], $2::pg_catalog.int8[]) with ordinality as pgmi_rows (p1, p2, place)\n\
             order by pgmi_rows.place\n\
             on conflict (a) do update set c = excluded.c returning t.a"
        );
        assert!(copy.is_err());
        let (many, copy) = both("INSERT INTO t (a, b, c) VALUES ($x, DEFAULT, $y) -- end").unwrap();
        assert!(many.unwrap().starts_with("INSERT INTO t (a, c)\nselect"));
        assert_eq!(copy.unwrap(), "copy t (a, c) from stdin (format binary)");
        let (_, copy) = both("insert into t (a, b) values ($2, $1)").unwrap();
        assert_eq!(copy.unwrap(), "copy t (b, a) from stdin (format binary)");
    }

    #[test]
    fn what_would_not_do_the_same_is_refused() {
        let why = |sql: &str| {
            let (many, copy) = both(sql).unwrap();
            (many.err().unwrap_or("-"), copy.err().unwrap_or("-"))
        };
        assert!(
            why("insert into t (a) values ($a) on conflict (a) do update set a = $a")
                .0
                .contains("excluded")
        );
        assert!(why("insert into t (a) values ($a), ($b)").0.contains("several"));
        assert!(why("insert into t (a) values (1)").0.contains("no parameters"));
        assert_eq!(why("insert into t values ($a)"), ("-", "the columns are not named"));
        assert!(why("insert into t values ($a, default)").0.contains("DEFAULT"));
        assert!(why("insert into t (a, b) values ($a, $a)").1.contains("each once"));
        assert!(why("insert into t (a, b) values ($a, now())").1.contains("alone"));
        assert!(
            why("insert into t (a) overriding system value values ($a)").1.contains("OVERRIDING")
        );
        for sql in [
            "select $a::int",
            "insert into t select $a::int",
            "with x as (select 1) insert into t values ($a)",
        ] {
            assert!(both(sql).is_none(), "{sql}");
        }
    }

    #[test]
    fn types_are_named_as_sql_names_them() {
        for (schema, name, expected) in [
            ("pg_catalog", "int8", "pg_catalog.int8"),
            ("public", "Odd\"type", "\"Odd\"\"type\""),
            ("Sales", "kind", "\"Sales\".kind"),
        ] {
            assert_eq!(type_name(&TypeName::new(schema, name)), expected);
        }
    }
}
