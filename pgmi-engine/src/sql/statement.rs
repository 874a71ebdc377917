//! Where statements end: the rules of `psql` over PostgreSQL's own tokens.

use std::ops::Range;

use super::lexer::{Token, TokenKind, tokens};

/// One statement of a script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// From the first token that means something to the last, the semicolon included.
    pub span: Range<usize>,
    /// From the end of the statement before: with the blanks and comments in front.
    pub full_span: Range<usize>,
    /// The first words as they stand, at most [`LEADING_WORDS`], up to the first token that is no word.
    pub leading_words: Vec<Range<usize>>,
    /// Whether anything but a semicolon stands in it.
    pub is_empty: bool,
}

/// How many words of a statement's beginning are kept: enough for `create or replace trusted procedural`.
pub const LEADING_WORDS: usize = 6;

impl Statement {
    /// The statement's text, its semicolon included.
    pub fn text<'a>(&self, sql: &'a str) -> &'a str {
        &sql[self.span.clone()]
    }

    /// Whether the leading words begin with these, whatever their case.
    pub fn starts_with(&self, sql: &str, words: &[&str]) -> bool {
        self.leading_words.len() >= words.len()
            && words
                .iter()
                .zip(&self.leading_words)
                .all(|(word, span)| sql[span.clone()].eq_ignore_ascii_case(word))
    }

    /// The leading word at `index`, in lower case.
    pub fn word(&self, sql: &str, index: usize) -> Option<String> {
        self.leading_words.get(index).map(|span| sql[span.clone()].to_ascii_lowercase())
    }
}

/// The statements of a script, in order; a last one without a semicolon too, trailing blanks left out.
///
/// A semicolon ends a statement where no parenthesis is open and no `BEGIN ATOMIC … END` body of a
/// function ([sql-createfunction](https://www.postgresql.org/docs/current/sql-createfunction.html),
/// 14 and later) is. An unmatched `)` is the server's to complain about and changes nothing here.
pub fn statements(sql: &str) -> Statements<'_> {
    Statements { sql, tokens: tokens(sql), end: 0 }
}

/// Iterator of [`statements`].
#[derive(Clone, Debug)]
pub struct Statements<'a> {
    sql: &'a str,
    tokens: super::lexer::Tokens<'a>,
    end: usize,
}

impl Iterator for Statements<'_> {
    type Item = Statement;

    fn next(&mut self) -> Option<Statement> {
        let mut shape = Shape::default();
        let mut span: Option<Range<usize>> = None;
        let full_start = self.end;
        for token in self.tokens.by_ref() {
            if token.is_blank() {
                continue;
            }
            let begun = span.get_or_insert_with(|| token.span.clone());
            begun.end = token.span.end;
            if token.kind == TokenKind::Semicolon && shape.is_closed() {
                break;
            }
            shape.observe(self.sql, &token);
        }
        let span = span?;
        self.end = span.end;
        Some(Statement {
            full_span: full_start..span.end,
            span,
            is_empty: shape.seen == 0,
            leading_words: shape.leading_words,
        })
    }
}

/// What is open in the statement being read.
#[derive(Default)]
struct Shape {
    seen: usize,
    leading_words: Vec<Range<usize>>,
    parentheses: usize,
    /// Open `BEGIN ATOMIC` and `CASE`, innermost last; empty outside a body.
    atomic_depth: usize,
    /// The word before this token, for `BEGIN ATOMIC`, `AS end` and `x.end`.
    previous: Previous,
}

#[derive(Default, PartialEq, Eq)]
enum Previous {
    #[default]
    Other,
    Begin,
    /// `AS` or a dot: the word that follows is a name.
    NameFollows,
}

impl Shape {
    fn is_closed(&self) -> bool {
        self.parentheses == 0 && self.atomic_depth == 0
    }

    fn observe(&mut self, sql: &str, token: &Token) {
        if token.kind == TokenKind::Word
            && self.seen == self.leading_words.len()
            && self.seen < LEADING_WORDS
        {
            self.leading_words.push(token.span.clone());
        }
        self.seen += 1;
        match token.text(sql) {
            "(" => self.parentheses += 1,
            ")" => self.parentheses = self.parentheses.saturating_sub(1),
            _ if token.kind == TokenKind::Word => self.observe_word(sql, token),
            _ => {}
        }
        self.previous = if token.is_word(sql, "begin") {
            Previous::Begin
        } else if token.is_word(sql, "as") || token.is_symbol(sql, ".") {
            Previous::NameFollows
        } else {
            Previous::Other
        };
    }

    /// `CASE` and `END` count only inside a body, where both are reserved words.
    fn observe_word(&mut self, sql: &str, token: &Token) {
        let opens_body = self.previous == Previous::Begin
            && self.parentheses == 0
            && token.is_word(sql, "atomic")
            && self.is_routine(sql);
        if self.atomic_depth == 0 {
            self.atomic_depth = usize::from(opens_body);
        } else if self.previous != Previous::NameFollows {
            if token.is_word(sql, "case") {
                self.atomic_depth += 1;
            } else if token.is_word(sql, "end") {
                self.atomic_depth -= 1;
            }
        }
    }

    /// Whether the statement creates a function or a procedure.
    fn is_routine(&self, sql: &str) -> bool {
        let mut words = self.leading_words.iter().map(|span| &sql[span.clone()]);
        words.next().is_some_and(|word| word.eq_ignore_ascii_case("create"))
            && words.take(3).any(|word| {
                word.eq_ignore_ascii_case("function") || word.eq_ignore_ascii_case("procedure")
            })
    }
}

#[cfg(test)]
mod tests {
    use super::statements;

    fn split(sql: &str) -> Vec<&str> {
        statements(sql).map(|statement| statement.text(sql)).collect()
    }

    #[test]
    fn splits_at_top_level_semicolons_only() {
        assert_eq!(
            split(" select 1; -- a;\n select ';' , \";\", $$;$$ ; c"),
            ["select 1;", "select ';' , \";\", $$;$$ ;", "c"]
        );
        assert_eq!(split("create rule r as on insert to t do (select 1; select 2); x").len(), 2);
        assert_eq!(split("-- only\n/* blanks */").len(), 0);
        assert_eq!(split(";;").len(), 2);
    }

    #[test]
    fn an_unmatched_parenthesis_does_not_stop_splitting() {
        assert_eq!(split("select 1); select 2;").len(), 2);
    }

    #[test]
    fn atomic_bodies_are_one_statement() {
        for body in [
            "begin atomic select 1; end",
            "begin atomic select 1; select case when true then 2 end; end",
            "begin atomic end",
            "begin atomic select (1); select 2 as end; select t.end from t; end",
            "BEGIN /* x */ ATOMIC select case case 1 when 1 then 1 end when 1 then 1 end; END",
        ] {
            for head in ["create function f(a int) returns int", "create or replace procedure p()"]
            {
                let sql = format!("{head} {body}; select 1;");
                assert_eq!(split(&sql).len(), 2, "{sql}");
            }
        }
    }

    #[test]
    fn columns_named_begin_and_atomic_open_no_body() {
        assert_eq!(split("select begin atomic from t; select 2; end;").len(), 3);
        assert_eq!(split("create function f(begin atomic) returns int as 'x'; select 1").len(), 2);
        assert_eq!(split("create table t (begin int, atomic int); select 1").len(), 2);
    }

    #[test]
    fn leading_words_stop_at_the_first_other_token() {
        let sql = "create unique index \"i\" on t(a);";
        let statement = statements(sql).next().unwrap();
        assert!(statement.starts_with(sql, &["CREATE", "unique", "index"]));
        assert_eq!(statement.leading_words.len(), 3);
    }

    proptest::proptest! {
        /// Statements come in order and lose nothing but blanks between them.
        #[test]
        fn statements_cover_everything_but_blanks(sql in r#"([ -~é\n]|;|\(|\)|begin atomic|end|case|\$\$|'){0,80}"#) {
            let mut end = 0;
            for statement in statements(&sql) {
                assert_eq!(statement.full_span.start, end);
                let gap = &sql[end..statement.span.start];
                assert!(super::tokens(gap).all(|token| token.is_blank()), "{gap:?}");
                end = statement.span.end;
            }
            assert!(super::tokens(&sql[end..]).all(|token| token.is_blank()));
        }
    }
}
