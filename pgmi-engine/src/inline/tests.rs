//! What is found, and where a finding about it is shown.

use std::fs;
use std::path::{Path, PathBuf};

use super::*;
use crate::diagnostic::{Code, SourceText};

fn crates() -> Vec<String> {
    vec!["pgmi".to_owned()]
}

/// The literals that are found in a file.
fn found(text: &str) -> Vec<&str> {
    let scan = tokens::scan(text, &crates());
    scan.calls.into_iter().map(|call| &text[call.literal]).collect()
}

#[test]
fn calls_are_found_wherever_they_stand() {
    for text in [
        r#"fn f() { pgmi::query!("q"); }"#,
        r#"use pgmi::query; fn f() { query!("q", id) }"#,
        r#"use pgmi::{Client, query as sql}; fn f() { sql!("q") }"#,
        r#"use pgmi as db; fn f() { db::query!["q"] }"#,
        r#"fn f() { ::pgmi::query!{"q"} }"#,
        r#"fn f() { tokio::join!(a, async { vec![crate::sql::query!("q").fetch(&c)] }) }"#,
        r#"macro_rules! m { ($id:expr) => { $crate::query!("q", id = $id) } }"#,
        "mod a { mod b { fn f() { pgmi :: query ! ( \"q\" ) } } }",
        "\u{feff}/* é */ fn f() { pgmi::query!(\"q\") }",
        "// pgmi::query!(\"q\")\nfn f() { pgmi::query!(\"q\") }",
    ] {
        assert_eq!(found(text), ["\"q\""], "{text}");
    }
    let nested = r#"pgmi::query!("a", n = pgmi::query_file!("b"))"#;
    assert_eq!(found(nested), ["\"a\"", "\"b\""]);
}

#[test]
fn nothing_else_is_taken_for_one() {
    for text in [
        r#"// pgmi::query!("q")"#,
        r#"/* pgmi::query!("q") */"#,
        r##"const A: &str = r#"pgmi::query!("q")"#;"##,
        r#"fn f() { sqlx::query!("q") }"#,
        r#"use sqlx::query; fn f() { query!("q") }"#,
        r#"use sqlx::{query_as, query}; fn f() { query!("q") }"#,
        r#"fn f() { pgmi::query!(concat!("q", "r")) }"#,
        r#"fn f() { pgmi::query("q") }"#,
        r#"fn f( { pgmi::query!("q") }"#,
    ] {
        assert!(found(text).is_empty(), "{text}");
    }
}

#[test]
fn literals_are_what_the_compiler_takes_them_for() {
    for (literal, text) in [
        (r#""a""#, "a"),
        (r##"r#"a"b\n"#"##, "a\"b\\n"),
        (r#""a\n\t\"\\\x41\u{1f_600}\0""#, "a\n\t\"\\A😀\0"),
        ("\"a\\\n     b\"", "ab"),
        ("\"a\r\nb\"", "a\nb"),
        ("r\"a\r\nb\"", "a\nb"),
    ] {
        assert_eq!(decode(literal).unwrap().text, text, "{literal}");
    }
    for other in ["b\"a\"", "1", "'a'", "\"\\q\"", "c\"a\""] {
        assert!(decode(other).is_none(), "{other}");
    }
    let decoded = decode(r#""é\n\u{41}b""#).unwrap();
    let at = |text: &str| decoded.positions.source_of(decoded.text.find(text).unwrap());
    assert_eq!((at("é").start, at("\n"), at("A").start, at("b").start), (1, 3..5, 5, 11));
}

/// A package in a folder of its own.
struct Sources(tempfile::TempDir);

impl Sources {
    fn new(files: &[(&str, &str)]) -> Self {
        let sources = Self(tempfile::tempdir().unwrap());
        files.iter().for_each(|(path, text)| sources.write(path, text));
        sources
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn package(&self) -> Package {
        let target = |kind, name: &str, path: &str| Target {
            kind,
            name: name.to_owned(),
            path: self.0.path().join(path),
        };
        Package {
            root: self.0.path().to_owned(),
            targets: vec![
                target(TargetKind::Library, "shop", "src/lib.rs"),
                target(TargetKind::Binary, "shop", "src/main.rs"),
                target(TargetKind::Other, "odd", "odd/place/test.rs"),
                target(TargetKind::Other, "top", "top.rs"),
            ],
            crates: crates(),
            ..Package::default()
        }
    }

    fn scan(&self, memory: Option<&Path>) -> Vec<String> {
        self.package().scan(memory).queries.iter().map(|it| it.place.shown()).collect()
    }
}

const CALL: &str = "fn f() { pgmi::query!(\"select 1\"); }";

#[test]
fn every_target_is_read_and_other_packages_are_not() {
    let sources = Sources::new(&[
        ("src/lib.rs", CALL),
        ("src/a/b.rs", &format!("\n{CALL}")),
        ("src/.hidden/a.rs", CALL),
        ("tests/it/main.rs", CALL),
        ("benches/b.rs", "fn f() { pgmi::query!(\"select  1\") }"),
        ("odd/place/inner.rs", CALL),
        ("top.rs", CALL),
        ("beside.rs", CALL),
        ("tests/krate/Cargo.toml", ""),
        ("tests/krate/src/lib.rs", CALL),
    ]);
    let expected = [
        "benches/b.rs:1",
        "odd/place/inner.rs:1",
        "src/a/b.rs:2",
        "src/lib.rs:1",
        "tests/it/main.rs:1",
        "top.rs:1",
    ];
    assert_eq!(sources.scan(None), expected);
    let inline = sources.package().scan(None);
    let keys: HashSet<_> = inline.queries.iter().map(|it| it.key.as_str()).collect();
    assert_eq!((keys.len(), inline.folder().queries.len()), (2, 1));
    let said = Package { sources: Some(vec![PathBuf::from("beside.rs")]), ..sources.package() };
    assert_eq!(said.places(), [sources.0.path().join("beside.rs")]);
    assert_eq!(said.scan(None).queries.len(), 1);
}

#[test]
fn what_has_not_changed_is_remembered() {
    let sources = Sources::new(&[("src/lib.rs", CALL), ("src/a.rs", "fn f() {}")]);
    let memory = sources.0.path().join("memory");
    let scan = || sources.scan(Some(&memory));
    assert_eq!(scan(), ["src/lib.rs:1"]);
    let text = fs::read(&memory).unwrap();
    assert_eq!(scan(), ["src/lib.rs:1"]);
    assert_eq!(fs::read(&memory).unwrap(), text);
    sources.write("src/a.rs", &format!("\n\n{CALL}"));
    assert_eq!(scan(), ["src/a.rs:3", "src/lib.rs:1"]);
    sources.write("memory", "not one");
    assert_eq!(scan().len(), 2);
}

#[test]
fn findings_are_shown_in_the_rust_file() {
    let text = "fn f() {\n    pgmi::query!(\n        r#\"select 'é',\n  $1, $3\"#\n    );\n}\n";
    let sources = Sources::new(&[
        ("src/lib.rs", text),
        ("src/b.rs", "fn f() { pgmi::query!(\"select \\n $é\") }"),
        ("src/c.rs", "fn f() { pgmi::query_file!(\"a.sql\"); pgmi::query_file!(\"b.sql\") }"),
        ("a.sql", "select $"),
    ]);
    let inline = sources.package().scan(None);
    let places: Vec<_> = inline
        .folder()
        .findings
        .iter()
        .map(|finding| {
            let place = finding.place().unwrap();
            let at = place.source.line_column(place.span.start);
            let text = &place.source.text()[place.span.clone()];
            (place.source.name().to_owned(), at.line, at.column, text.to_owned())
        })
        .collect();
    let place =
        |file: &str, line, column, text: &str| (file.to_owned(), line, column, text.to_owned());
    assert_eq!(
        places,
        [
            place("src/b.rs", 1, 34, "$é"),
            place("a.sql", 1, 8, "$"),
            place("src/c.rs", 1, 56, "\"b.sql\""),
            place("src/lib.rs", 4, 7, "$3"),
        ]
    );
    assert_eq!(inline.files, ["a.sql", "b.sql"].map(|it| sources.0.path().join(it)));
    let good = SourceText::new("x", "y");
    let other = Diagnostic::error(Code::Io, "other").at(&good, 0..1, "");
    assert_eq!(inline.located(other).place().unwrap().source, good);
}

#[test]
fn bindings_are_found_in_their_module() {
    let sources = Sources::new(&[
        ("src/lib.rs", "pub mod db;\nmod a { mod b { pgmi::include_queries!(); } }"),
        ("src/db.rs", "pgmi::include_queries!();"),
        ("src/main.rs", "mod sql { pgmi::include_queries!(); }"),
    ]);
    let inline = sources.package().scan(None);
    let modules: Vec<_> =
        inline.modules.iter().map(|it| (it.kind, it.krate.as_str(), it.path.join("::"))).collect();
    assert_eq!(
        modules,
        [
            (TargetKind::Library, "shop", "db".to_owned()),
            (TargetKind::Library, "shop", "a::b".to_owned()),
            (TargetKind::Binary, "shop", "sql".to_owned()),
        ]
    );
}
