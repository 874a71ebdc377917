use super::{TokenKind as Kind, tokens};

fn kinds(sql: &str) -> Vec<(Kind, &str)> {
    tokens(sql)
        .filter(|token| token.kind != Kind::Whitespace)
        .map(|t| (t.kind, t.text(sql)))
        .collect()
}

#[test]
fn dollars_inside_identifiers_do_not_quote() {
    assert_eq!(kinds("a$b$c $b$x$b$"), [(Kind::Word, "a$b$c"), (Kind::DollarString, "$b$x$b$")]);
}

#[test]
fn parameters_are_not_tags() {
    assert_eq!(kinds("$1$2"), [(Kind::Parameter, "$1"), (Kind::Parameter, "$2")]);
    assert_eq!(kinds("$1a$"), [(Kind::Parameter, "$1"), (Kind::Word, "a$")]);
}

#[test]
fn strings_know_their_escapes() {
    assert_eq!(kinds(r"'a\' b"), [(Kind::String, r"'a\'"), (Kind::Word, "b")]);
    assert_eq!(kinds(r"E'a\'; b' c"), [(Kind::EscapeString, r"E'a\'; b'"), (Kind::Word, "c")]);
    assert_eq!(kinds("'it''s'"), [(Kind::String, "'it''s'")]);
    assert_eq!(
        kinds(r"date'a\' x"),
        [(Kind::Word, "date"), (Kind::String, r"'a\'"), (Kind::Word, "x")]
    );
    assert_eq!(kinds(r#"U&"a\0041" U&'x'"#).len(), 2);
}

#[test]
fn strings_continue_on_the_next_line_with_the_same_escapes() {
    assert_eq!(
        kinds("E'a' -- c\n  '\\'; b' x"),
        [(Kind::EscapeString, "E'a' -- c\n  '\\'; b'"), (Kind::Word, "x")]
    );
    assert_eq!(kinds("'a' 'b'").len(), 2);
}

#[test]
fn comments_nest_and_a_lone_carriage_return_ends_a_line() {
    assert_eq!(
        kinds("/* a /* b */ c */ d"),
        [(Kind::BlockComment, "/* a /* b */ c */"), (Kind::Word, "d")]
    );
    assert_eq!(kinds("-- a\rb"), [(Kind::LineComment, "-- a"), (Kind::Word, "b")]);
}

#[test]
fn operators_end_at_comments() {
    assert_eq!(
        kinds("a+--b"),
        [(Kind::Word, "a"), (Kind::Symbol, "+"), (Kind::LineComment, "--b")]
    );
    assert_eq!(kinds("a*/*b*/c")[1], (Kind::Symbol, "*"));
}

#[test]
fn numbers_stop_before_ranges_and_words() {
    assert_eq!(kinds("1..10"), [(Kind::Number, "1"), (Kind::Symbol, "."), (Kind::Number, ".10"),]);
    assert_eq!(
        kinds("1.5e-3 0x1F 1_000"),
        [(Kind::Number, "1.5e-3"), (Kind::Number, "0x1F"), (Kind::Number, "1_000"),]
    );
    assert_eq!(kinds("1e")[0], (Kind::Number, "1"));
}

#[test]
fn what_the_end_cuts_off_is_not_terminated() {
    for sql in ["'a", "\"a", "/* a", "$x$ a", "E'a\\", "E'a\\'"] {
        let last = tokens(sql).last().unwrap();
        assert!(!last.terminated, "{sql}");
        assert_eq!(last.span, 0..sql.len());
    }
}

proptest::proptest! {
    /// Whatever the text, tokens tile it, are never empty, and end on character boundaries.
    #[test]
    fn tokens_tile_the_text(sql in r#"([ -~éλ\u{a0}\n\r]|--|/\*|\*/|''|\$\$|\$a\$|E'|\\'){0,60}"#) {
        let mut end = 0;
        for token in tokens(&sql) {
            assert_eq!(token.span.start, end);
            assert!(token.span.end > end);
            assert!(sql.is_char_boundary(token.span.end));
            end = token.span.end;
        }
        assert_eq!(end, sql.len());
    }
}
