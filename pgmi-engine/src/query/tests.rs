use proptest::prelude::*;

use super::{Query, QueryName, Style, read_folder};
use crate::diagnostic::{Code, SourceText};
use crate::project::Texts;
use crate::sql::tokens;

fn parse(text: &str) -> Query {
    Query::parse(None, SourceText::new("queries/q.sql", text))
        .unwrap_or_else(|e| panic!("{text}: {e}"))
}

fn names(query: &Query) -> Vec<&str> {
    query.placeholders.iter().map(|one| one.name.as_str()).collect()
}

/// The code, and the text at the place.
fn refused(text: &str) -> (Code, String) {
    let error = Query::parse(None, SourceText::new("q.sql", text)).expect_err(text);
    let label = error.primary().place().expect(text);
    assert!(!error.primary().help.is_empty(), "{text}");
    (error.code(), text[label.span.clone()].to_owned())
}

#[test]
fn placeholders_become_numbers_by_first_appearance() {
    for (text, sql, parameters) in [
        ("select $b, $a, $b", "select $1, $2, $1", &["b", "a"][..]),
        ("select :b, :a, :b;", "select $1, $2, $1", &["b", "a"]),
        ("select $2, $1, $2", "select $2, $1, $2", &["p1", "p2"]),
        ("select 1", "select 1", &[]),
        ("limit $n-1", "limit $1-1", &["n"]),
        ("$total-discount", "$1-discount", &["total"]),
        ("$userId", "$1", &["userId"]),
        ("limit:n", "limit $1", &["n"]),
        ("x=:x and y>$$a$$", "x=$1 and y>$$a$$", &["x"]),
        ("select $a::int + $b::text::int", "select $1::int + $2::text::int", &["a", "b"]),
        ("f(a := :x, b =>:y)", "f(a := $1, b =>$2)", &["x", "y"]),
        ("array[:a,:b,[:c]]", "array[$1,$2,[$3]]", &["a", "b", "c"]),
        ("select distinct on (a) :b", "select distinct on (a) $1", &["b"]),
        ("a[(select distinct on (a) :b)]", "a[(select distinct on (a) $1)]", &["b"]),
        ("select :a,:b", "select $1,$2", &["a", "b"]),
    ] {
        let query = parse(text);
        assert_eq!(query.sql, sql);
        assert_eq!(names(&query), parameters, "{text}");
    }
}

#[test]
fn postgresqls_own_colons_and_dollars_stay() {
    for text in [
        "select a[1:n], a[n:m], a[(1):n], a[x.y:z], a[\"x\":y], b[1]['a':c]",
        "select a[f(1):n], a[b[1]:c], (a)[1 : 2], a[x::int:y], a[: n]",
        "select json_object('k':v, k:v), json_objectagg(k:v)",
        "select '$a :b', \"$a :b\", e'\\':b $a', $$ :b $a $$, $t$ $a $$ :b $t$, U&':b', b'1'",
        "select 1 -- $a :b\n + 2 /* :a /* $b */ :c */ + 3",
        "select x ? 'a', x ?| y, x ?& y, x @? '$.a', a::int, '1'::text",
        "select 'a'\n':b'",
        "select a$b, a$1 from t",
        "select 1 ? 2",
    ] {
        let query = parse(text);
        assert_eq!(query.sql, text);
        assert!(query.placeholders.is_empty(), "{text}: {:?}", query.placeholders);
    }
}

#[test]
fn placeholders_stand_inside_subscripts_and_slices() {
    for (text, sql) in [
        ("a[$lo:$hi]", "a[$1:$2]"),
        ("a[$lo:hi]", "a[$1:hi]"),
        ("a[(:lo):(:hi)]", "a[($1):($2)]"),
        ("a[1 : :hi]", "a[1 : $1]"),
        ("a[1 + :i]", "a[1 + $1]"),
        ("a[case when :b then 1 end]", "a[case when $1 then 1 end]"),
        ("a[:i + 1]", ""),
        ("json_object(:k : :v)", "json_object($1 : $2)"),
        ("json_object(:k:v)", "json_object($1:v)"),
        ("json_object('k' value :v)", "json_object('k' value $1)"),
        ("f(array[:a])[(:i)]", "f(array[$1])[($2)]"),
    ] {
        match sql {
            "" => assert_eq!(refused(text).0, Code::PlaceholderAmbiguous),
            _ => assert_eq!(parse(text).sql, sql),
        }
    }
}

#[test]
fn a_colon_before_a_number_is_told_what_is_written() {
    let (code, text) = refused("select * from t where id = :12");
    assert_eq!(code, Code::PlaceholderName);
    assert_eq!(text, ":12");
    for own in ["a[1:2]", "a[:2]", "a[f(x):2]", "a[b :2]", "json_object('k':1)", "'10:30'::time"] {
        assert_eq!(parse(own).sql, own);
    }
}

#[test]
fn the_style_is_one_a_query() {
    for (text, style) in [
        ("select $a", Some(Style::Dollar)),
        ("select :a", Some(Style::Colon)),
        ("select $1", Some(Style::Native)),
        ("select 1", None),
    ] {
        assert_eq!(parse(text).style, style);
    }
    for (text, second) in [
        ("$a + :b - :c", ":b"),
        (":b + $a", "$a"),
        ("$1 + $a", "$a"),
        ("$a $1", "$1"),
        (":a+$1", "$1"),
    ] {
        assert_eq!(refused(text), (Code::PlaceholderStyle, second.to_owned()));
    }
}

#[test]
fn bad_queries_are_refused_at_their_place() {
    for (text, code, place) in [
        ("", Code::QueryEmpty, ""),
        ("-- nothing\n;;", Code::QueryEmpty, ""),
        ("select 1; select 2;", Code::QueryStatements, "select 2;"),
        ("select 'a", Code::QueryUnterminated, "'"),
        ("select 1 /* /* */", Code::QueryUnterminated, "/"),
        ("select $a$b", Code::QueryUnterminated, "$"),
        ("select \"a", Code::QueryUnterminated, "\""),
        ("select $ 1", Code::PlaceholderName, "$"),
        ("select $é", Code::PlaceholderName, "$é"),
        ("select :a$b", Code::PlaceholderName, ":a$b"),
        ("select $_", Code::PlaceholderName, "$_"),
        ("select $id, $ID", Code::PlaceholderName, "$ID"),
        ("select $1, $3", Code::PlaceholderNumber, "$3"),
        ("select $2", Code::PlaceholderNumber, "$2"),
        ("select $0", Code::PlaceholderNumber, "$0"),
        ("select $65536", Code::PlaceholderNumber, "$65536"),
        ("select $99999999999999999999999", Code::PlaceholderNumber, "$99999999999999999999999"),
        ("select t[:n]", Code::PlaceholderAmbiguous, ":n"),
    ] {
        assert_eq!(refused(text), (code, place.to_owned()), "{text}");
    }
}

#[test]
fn every_finding_of_a_query_comes_at_once() {
    let source = SourceText::new("q.sql", "select $é, $ß, t[:n]");
    let error = Query::parse(None, source).unwrap_err();
    assert_eq!(error.diagnostics().len(), 3);
}

#[test]
fn only_the_statement_is_sent() {
    let query = parse("-- doc\n\nselect /* in */ 1 -- end\n ; -- after\n;");
    assert_eq!(query.sql, "select /* in */ 1");
    assert_eq!(parse("create function f() begin atomic select 1; end; ").sql.len(), 46);
}

#[test]
fn leading_comments_are_the_documentation() {
    for (text, documentation) in [
        ("select 1 -- no", ""),
        ("-- One.\n--   * two\n--\n--- Three.\nselect 1", "One.\n  * two\n\nThree."),
        ("/* One. */ select 1", "One."),
        ("/**\n * One.\n *  Two.\n */\nselect 1", "One.\n Two."),
        ("/*\n  One.\n\n  Two.\n*/\nselect 1", "One.\n\nTwo."),
        ("-- One.\n\n\n-- Two.\nselect 1", "One.\n\nTwo."),
        ("/***/select 1", ""),
        ("/**/select 1", ""),
    ] {
        assert_eq!(parse(text).documentation, documentation, "{text}");
    }
}

#[test]
fn positions_of_the_server_lead_to_whole_tokens() {
    let text = "-- é\nselect nme, :first_name::itn, 'é' = :x from t";
    let query = parse(text);
    let source_at = |wanted: &str| {
        let byte = query.sql.find(wanted).unwrap();
        &text[query.span_of(query.sql[..byte].chars().count() + 1)]
    };
    assert_eq!(source_at("nme"), "nme");
    assert_eq!(source_at("$1"), ":first_name");
    assert_eq!(source_at("itn"), "itn");
    assert_eq!(source_at("$2"), ":x");
    assert_eq!(source_at("select"), "select");
    assert_eq!(query.span_of(9_999), text.len()..text.len());
}

#[test]
fn formatting_leaves_the_fingerprint_and_meaning_does_not() {
    let print = |text: &str| parse(text).fingerprint().to_owned();
    let base = print("select id from t where a = $a");
    assert_eq!(base.len(), 64);
    assert_eq!(base, print("-- doc\nselect  id\nfrom t -- x\nwhere a=$a;"));
    assert_eq!(base, print("select id from t where a = :a"));
    for other in [
        "select id from t where a = $b",
        "select id from t where a = $1",
        "select Id from t where a = $a",
        "select id from t where a = $a or $a",
    ] {
        assert_ne!(base, print(other));
    }
    assert_ne!(print("select 'a' 'b'"), print("select 'a'\n'b'"));
}

#[test]
fn a_folder_gives_its_queries_and_all_that_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [
        ("b.sql", "\u{feff}select 1"),
        ("a.sql", "select 2"),
        ("Bad.sql", "select 1"),
        ("empty.sql", ""),
        ("nul.sql", "select '\0'"),
        ("a.sig.yaml", "parameters: {}"),
        (".hidden.sql", ""),
    ] {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    std::fs::write(folder.path().join("latin.sql"), b"select '\xe9'").unwrap();
    let read = read_folder(folder.path(), "queries", Texts::default());
    let found: Vec<_> = read.queries.iter().map(|q| (q.label(), q.source.name())).collect();
    assert_eq!(found, [("a", "queries/a.sql"), ("b", "queries/b.sql")]);
    let codes: Vec<_> = read.findings.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, [Code::QueryName, Code::QueryEmpty, Code::FileNotUtf8, Code::FileNulByte]);
    assert!(read_folder(&folder.path().join("none"), "x", Texts::default()).queries.is_empty());
    assert!(QueryName::new("a").is_some());
}

/// Pieces of SQL, most of which mean something to a placeholder's reader.
fn sql() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "select",
        "a",
        "$a",
        "$b_1",
        ":c",
        ":d",
        "$1",
        "$2",
        "::",
        ":=",
        ":",
        "[",
        "]",
        "(",
        ")",
        ",",
        "array",
        "json_object",
        " ",
        "\n",
        "'x:y'",
        "e'\\''",
        "$$ $a $$",
        "$t$:b$t$",
        "-- $x\n",
        "/* :x /* */ */",
        "\"q:r\"",
        "-",
        "1",
        "é",
        "?",
        "=",
        ";",
        "limit",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    /// Putting the placeholders back gives the statement, byte by byte; nothing else was touched.
    #[test]
    fn nothing_but_placeholders_changes(text in sql()) {
        let Ok(query) = Query::parse(None, SourceText::new("q.sql", text.as_str())) else { return Ok(()) };
        let (mut rebuilt, mut at) = (String::new(), 0);
        while at < query.sql.len() {
            let source = query.positions.source_of(at);
            let length = if source.is_empty() {
                let length = query.sql[at..].chars().next().map_or(1, char::len_utf8);
                prop_assert_eq!(&query.sql[at..at + length], &text[source.start..source.start + length]);
                rebuilt.push_str(&query.sql[at..at + length]);
                length
            } else {
                prop_assert!(query.placeholders.iter().any(|one| one.spans.contains(&source)));
                rebuilt.push_str(&text[source.clone()]);
                let mut end = at + 1;
                while end < query.sql.len() && query.positions.source_of(end) == source { end += 1 }
                end - at
            };
            at += length;
        }
        let start = text.find(rebuilt.as_str());
        prop_assert!(start.is_some(), "{:?} is not in {:?}", rebuilt, text);
    }

    /// The text that is sent holds exactly the parameters that were found, each its own token.
    #[test]
    fn every_number_is_a_parameter_to_postgresql(text in sql()) {
        let Ok(query) = Query::parse(None, SourceText::new("q.sql", text.as_str())) else { return Ok(()) };
        let sent = tokens(&query.sql).filter(|t| t.kind == crate::sql::TokenKind::Parameter).count();
        let found: usize = query.placeholders.iter().map(|one| one.spans.len()).sum();
        prop_assert_eq!(sent, found);
        for one in &query.placeholders {
            prop_assert!(one.spans.iter().all(|span| text[span.clone()].starts_with(['$', ':'])));
        }
        // What was rewritten is native, and reading it again changes nothing.
        let again = parse(&query.sql);
        prop_assert_eq!(again.sql, query.sql);
        prop_assert_eq!(again.placeholders.len(), query.placeholders.len());
    }

    /// Any text is read or refused, never a panic.
    #[test]
    fn any_text_is_survived(text in "\\PC{0,60}") {
        let _ = Query::parse(None, SourceText::new("q.sql", text));
    }
}
