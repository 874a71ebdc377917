//! `tests/bindings` and the demo: what is generated is what rustc and clippy have read, on every major, whatever is in
//! the tables.
//!
//! A program of its own: it must run where those crates do not compile, to mend them (`PGMI_BLESS=1`).

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests are tests: what they cannot do fails the test"
)]

use std::fs;
use std::path::{Path, PathBuf};

use pgmi_engine::check::{Files, Proof, Proven, compare, is_about_committed_files, resolve};
use pgmi_engine::codegen::{Binding, Settings, bindings};
use pgmi_engine::describe::Describer;
use pgmi_engine::diagnostic::SourceText;
use pgmi_engine::project::Texts;
use pgmi_engine::query::{Query, QueryFolder, QueryName};
use pgmi_engine::signature::{TypeDefinition, check_columns};
use pgmi_tests::{Database, cases_on, on_every_major, schema};

on_every_major! {
    fn bindings_are_the_same_whatever_the_major_and_the_rows(db: &Database) {
        db.run(include_str!("../bindings/db/migrations/001_schema.sql"));
        let golden = folder().join("../generated/db.rs");
        same(&generated(db, &folder(), &settings()), &golden);
        db.run(include_str!("../bindings/tests/it/rows.sql"));
        same(&generated(db, &folder(), &settings()), &golden);
    }

    fn the_demo_has_the_bindings_of_its_queries(db: &Database) {
        let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("../cargo-pgmi/demo");
        db.run(include_str!("../../cargo-pgmi/demo/db/migrations/001_music.sql"));
        same(&generated(db, &demo.join("db"), &Settings::default()), &demo.join("bindings.rs"));
    }
}

/// Less than sixty lines of Rust a query, on the average of all that stand in `tests/queries`.
#[test]
fn bindings_are_short() {
    let db = Database::create(18);
    db.run(&schema());
    let mut describer = Describer::connect(&db.connection_string().parse().unwrap()).unwrap();
    let mut described = Vec::new();
    for case in cases_on(&db) {
        let name = QueryName::new(case.name.trim_end_matches(".sql")).unwrap();
        let query =
            Query::parse(Some(name), SourceText::new(case.name.as_str(), case.text.as_str()));
        let query = query.unwrap();
        if let Ok(it) = describer.describe(&query)
            && check_columns(&query, &it.signature.columns).is_empty()
        {
            described.push((query, it));
        }
    }
    let types: Vec<_> = described.iter().flat_map(|(_, it)| it.types.clone()).collect();
    let all: Vec<_> =
        described.iter().map(|(query, it)| Binding { query, signature: &it.signature }).collect();
    let text = bindings(&all, &types, &Settings::default()).whole();
    let (queries, _) = text.split_once("pub mod types").unwrap();
    let lines = queries.lines().filter(|it| !it.trim().is_empty() && !it.trim().starts_with("///"));
    let (lines, count) = (lines.count(), all.len());
    eprintln!("{count} queries, {lines} lines of Rust: {:.1} a query", lines as f64 / count as f64);
    assert!(lines < 60 * count, "{lines} lines for {count} queries");
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("bindings/db")
}

fn same(generated: &str, golden: &Path) {
    if std::env::var_os("PGMI_BLESS").is_some() {
        fs::write(golden, generated).unwrap();
    }
    let golden = fs::read_to_string(golden).unwrap_or_default().replace("\r\n", "\n");
    let differs = generated.lines().zip(golden.lines()).position(|(new, old)| new != old);
    assert!(
        generated == golden,
        "PGMI_BLESS=1 writes it; it differs from line {:?} on:\n{generated}",
        differs.map(|it| it + 1)
    );
}

/// What a build script makes of the project.
fn generated(db: &Database, folder: &Path, settings: &Settings) -> String {
    let files = Files::read(folder, None, QueryFolder::default(), Texts::default());
    assert!(files.queries.findings.is_empty(), "{:?}", files.queries.findings);
    assert!(files.signatures.findings.is_empty(), "{:?}", files.signatures.findings);
    let mut describer = Describer::connect(&db.connection_string().parse().unwrap()).unwrap();
    let mut types: Vec<TypeDefinition> = Vec::new();
    let mut queries = Vec::new();
    for query in &files.queries.queries {
        let described =
            describer.describe(query).unwrap_or_else(|error| panic!("{query:?}: {error}"));
        let findings = check_columns(query, &described.signature.columns);
        assert!(findings.is_empty(), "{findings:?}");
        types.extend(described.types);
        queries.push(Proven { query: query.clone(), signature: described.signature });
    }
    types.sort_by(|a, b| a.name.cmp(&b.name));
    types.dedup_by(|a, b| a.name == b.name);
    let proof = Proof::of(0, String::new(), queries, types);
    let mut findings = compare(&files, &proof);
    findings.retain(|it| !is_about_committed_files(it));
    assert!(findings.is_empty(), "{findings:?}");
    let resolved = resolve(&files, &proof);
    let all: Vec<_> = resolved
        .queries
        .iter()
        .map(|it| Binding { query: &it.query, signature: &it.signature })
        .collect();
    // The same on every machine, wherever the repository is.
    bindings(&all, &resolved.types, settings).whole().replace(&folder.display().to_string(), "db")
}

fn settings() -> Settings {
    Settings {
        features: vec!["blocking".to_owned()],
        types: [
            ("stars", "newtype"),
            ("email", "crate::Email"),
            ("Sales Dept.Odd Table.row", "crate::Number"),
        ]
        .map(|(sql, rust)| (sql.to_owned(), rust.to_owned()))
        .into(),
        derives: Vec::new(),
    }
}
