//! `CALL pgmi_test(…)`: the macro of `deploy.sql` that stands for the project's SQL tests.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, SourceText};
use crate::sql::{Token, TokenKind, tokens};

/// Who reports a test run when the call names nobody.
pub const DEFAULT_CALLBACK: &str = "pg_temp.pgmi_test_callback";

/// One call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestCall {
    /// The call in `deploy.sql`, its semicolon included.
    pub span: Range<usize>,
    /// A regular expression on test paths; none: every test.
    pub pattern: Option<String>,
    /// The function that gets the events, `schema.name`.
    pub callback: Option<String>,
}

impl TestCall {
    /// The calls of a script, in order. One in a literal, a comment or a function body is not a call, nor
    /// is one in a form that the macro does not have: PostgreSQL will say that there is no such procedure.
    ///
    /// # Errors
    /// [`Code::TestMacro`] for a callback that is not a name.
    pub(super) fn find_all(source: &SourceText) -> Result<Vec<Self>, Diagnostic> {
        let sql = source.text();
        let words: Vec<Token> = tokens(sql).filter(|token| !token.is_blank()).collect();
        let mut calls = Vec::new();
        let mut at = 0;
        while at < words.len() {
            match call_at(sql, &words[at..]) {
                Some((call, length)) => {
                    check_callback(source, &call)?;
                    calls.push(call);
                    at += length;
                }
                None => at += 1,
            }
        }
        Ok(calls)
    }
}

/// The call that begins with the first token, and how many tokens it takes.
fn call_at(sql: &str, tokens: &[Token]) -> Option<(TestCall, usize)> {
    let start = call_keyword(sql, tokens.first()?)?;
    let mut reader = Reader { sql, tokens, at: 1 };
    if reader.word("pg_temp") && !reader.symbol(".") {
        return None;
    }
    (reader.word("pgmi_test") && reader.symbol("(")).then_some(())?;
    let pattern = reader.literal();
    if pattern.is_none() {
        reader.word("null");
    }
    let callback = if reader.symbol(",") { Some(reader.literal()?) } else { None };
    reader.symbol(")").then_some(())?;
    reader.semicolon();
    let span = start..tokens[reader.at - 1].span.end;
    Some((TestCall { span, pattern: pattern.filter(|text| !text.is_empty()), callback }, reader.at))
}

/// Where the word `CALL` begins: any character but an ASCII letter, digit or underscore may stand before
/// it, also one outside ASCII (a no-break space), which to PostgreSQL would be part of the word.
fn call_keyword(sql: &str, token: &Token) -> Option<usize> {
    let text = token.text(sql);
    let split = text.len().checked_sub(4).filter(|&at| text.is_char_boundary(at))?;
    let (before, word) = text.split_at(split);
    let boundary =
        before.chars().next_back().is_none_or(|c| !c.is_ascii_alphanumeric() && c != '_');
    (token.kind == TokenKind::Word && boundary && word.eq_ignore_ascii_case("call"))
        .then_some(token.span.start + split)
}

/// Reads tokens one after the other; each method takes a token only when it fits.
struct Reader<'a> {
    sql: &'a str,
    tokens: &'a [Token],
    at: usize,
}

impl Reader<'_> {
    fn take(&mut self, fits: impl Fn(&Token) -> bool) -> bool {
        let fit = self.tokens.get(self.at).is_some_and(fits);
        self.at += usize::from(fit);
        fit
    }

    fn word(&mut self, word: &str) -> bool {
        let sql = self.sql;
        self.take(|token| token.is_word(sql, word))
    }

    fn symbol(&mut self, symbol: &str) -> bool {
        let sql = self.sql;
        self.take(|token| token.is_symbol(sql, symbol))
    }

    fn semicolon(&mut self) -> bool {
        self.take(|token| token.kind == TokenKind::Semicolon)
    }

    /// The value of a plain `'…'` literal.
    fn literal(&mut self) -> Option<String> {
        let text = self.tokens.get(self.at)?.text(self.sql);
        let plain = self.take(|token| token.kind == TokenKind::String && text.starts_with('\''));
        plain.then(|| text[1..text.len() - 1].replace("''", "'"))
    }
}

/// A callback goes into SQL as it stands, so it must be a name: `[schema.]function`.
fn check_callback(source: &SourceText, call: &TestCall) -> Result<(), Diagnostic> {
    let Some(callback) = &call.callback else { return Ok(()) };
    let parts: Vec<&str> = callback.split('.').collect();
    if parts.len() <= 2 && parts.iter().all(|part| is_name(part)) {
        return Ok(());
    }
    Err(Diagnostic::error(Code::TestMacro, "the callback of `CALL pgmi_test` is not a function's name")
        .at(source, call.span.clone(), "")
        .help("name a function that takes a pg_temp.pgmi_test_event: 'schema.name', such as 'pg_temp.on_test'"))
}

fn is_name(text: &str) -> bool {
    let starts = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    starts
        && text.len() <= 63
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(sql: &str) -> Vec<TestCall> {
        TestCall::find_all(&SourceText::new("deploy.sql", sql)).unwrap()
    }

    #[test]
    fn every_spelling_is_found_with_its_semicolon() {
        for (sql, pattern, callback) in [
            ("CALL pgmi_test();", None, None),
            ("call PGMI_TEST ( ) ;", None, None),
            ("Call pg_temp.pgmi_test('/a/');", Some("/a/"), None),
            ("CALL/**/pgmi_test(NULL, 'pg_temp.cb');", None, Some("pg_temp.cb")),
            ("CALL -- x\n pgmi_test ( 'a' , 'cb' )", Some("a"), Some("cb")),
            ("CALL pgmi_test('');", None, None),
            ("CALL pgmi_test('it''s');", Some("it's"), None),
        ] {
            let calls = find(sql);
            assert_eq!(calls.len(), 1, "{sql}");
            assert_eq!(calls[0].span, 0..sql.len());
            assert_eq!(calls[0].pattern.as_deref(), pattern);
            assert_eq!(calls[0].callback.as_deref(), callback);
        }
    }

    #[test]
    fn anything_else_is_left_alone() {
        for sql in [
            "select 'CALL pgmi_test();'",
            r"select E'\' CALL pgmi_test();'",
            "do $$ CALL pgmi_test(); $$",
            "do $a$ CALL pgmi_test(); $a$",
            "-- CALL pgmi_test();",
            "/* CALL pgmi_test(); */",
            "\"CALL pgmi_test();\"",
            "SELECT pgmi_test();",
            "CALL pgmi_testing();",
            "CALL pgmi_test(",
            "CALL pgmi_test",
            "CALL \"pgmi_test\"();",
            "CALL pgmi_test(E'a');",
            "CALL pgmi_test($$a$$);",
            "CALL pgmi_test('a', NULL);",
            "CALL pgmi_test(pattern => 'a');",
            "recall pgmi_test();",
            "_call pgmi_test();",
        ] {
            assert!(find(sql).is_empty(), "{sql}");
        }
    }

    #[test]
    fn text_outside_ascii_before_the_call_is_not_eaten() {
        for before in ["\u{a0}", "/* — 漢字 */", "select '—';"] {
            let sql = format!("{before}CALL pgmi_test();");
            assert_eq!(find(&sql)[0].span, before.len()..sql.len());
        }
    }

    #[test]
    fn a_callback_must_be_a_name() {
        for callback in ["pg_temp.x; DROP TABLE y", "a.b.c", "", "1a", "a b"] {
            let source =
                SourceText::new("deploy.sql", format!("CALL pgmi_test(NULL, '{callback}')"));
            assert_eq!(TestCall::find_all(&source).unwrap_err().code, Code::TestMacro);
        }
    }
}
