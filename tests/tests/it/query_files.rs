//! What is wrong with files of queries, signatures, types and the lock, before PostgreSQL is asked:
//! everything in `tests/query-files/bad`, as its reader sees it, in `bad.stderr` (`PGMI_BLESS=1` writes it).
//!
//! Shown here: `query-name`, `query-empty`, `query-statements`, `query-unterminated`, `placeholder-name`,
//! `placeholder-style`, `placeholder-number`, `placeholder-ambiguous`, `column-name`,
//! `signature-unreadable`, `signature-duplicate`, `signature-missing`, `signature-stale`,
//! `signature-orphaned`, `signature-contradiction`, `lock-unreadable`, `lock-missing`, `lock-stale`,
//! `pgenie-project`.

use std::fs;
use std::path::{Path, PathBuf};

use pgmi_engine::diagnostic::{Code, Diagnostic, SourceText, render};
use pgmi_engine::project::Texts;
use pgmi_engine::query::{Query, QueryFolder, read_folder};
use pgmi_engine::signature::{
    Batch, Cardinality, CommittedFiles, Field, Lock, Nullability, PgenieProject, Signature,
    TypeRef, Verdict, check_columns, missing, reconcile,
};

/// The codes that the bad files show, and no test of a command does yet.
const SHOWN: &[Code] = &[
    Code::QueryName,
    Code::QueryEmpty,
    Code::QueryStatements,
    Code::QueryUnterminated,
    Code::PlaceholderName,
    Code::PlaceholderStyle,
    Code::PlaceholderNumber,
    Code::PlaceholderAmbiguous,
    Code::ColumnName,
    Code::SignatureUnreadable,
    Code::SignatureDuplicate,
    Code::SignatureMissing,
    Code::SignatureStale,
    Code::SignatureOrphaned,
    Code::SignatureContradiction,
    Code::LockUnreadable,
    Code::LockMissing,
    Code::LockStale,
    Code::PgenieProject,
];

#[test]
fn everything_wrong_is_found_at_once_and_led_to_its_place() {
    let findings = findings(&bad());
    for code in SHOWN {
        assert!(findings.iter().any(|one| one.code == *code), "{}", code.name());
    }
    let said: String = findings.iter().map(|one| render::render(one, false) + "\n\n").collect();
    let golden = bad().with_extension("stderr");
    if std::env::var_os("PGMI_BLESS").is_some() {
        fs::write(&golden, &said).unwrap();
    }
    let expected = fs::read_to_string(golden).unwrap_or_default().replace("\r\n", "\n");
    assert!(said == expected, "PGMI_BLESS=1 writes what is said now\n{said}");
}

fn bad() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("query-files/bad")
}

fn findings(folder: &Path) -> Vec<Diagnostic> {
    let QueryFolder { queries, mut findings } =
        read_folder(&folder.join("queries"), "queries", Texts::default());
    let files = CommittedFiles::read_queries(&folder.join("queries"), "queries", Texts::default());
    findings.extend(files.findings.clone());
    let is_there = |name: &String| folder.join(format!("queries/{name}.sql")).exists();
    findings.extend(files.orphaned(is_there));
    findings.extend(
        CommittedFiles::read_types(&folder.join("types"), "types", Texts::default()).findings,
    );

    let columns = named(&queries, "columns");
    findings.extend(check_columns(columns, &[int("count"), int("?column?")]));
    findings.push(missing(Some(&columns.source), "queries/columns.sig.yaml"));

    let album = files.get(&"album".to_owned()).unwrap();
    findings.extend(reconcile(&of_album(), album, &[]).findings);
    findings.extend(of_lock(folder, &queries));
    let project = fs::read_to_string(folder.join("project1.pgn.yaml")).unwrap();
    let project = SourceText::new("project1.pgn.yaml", project);
    findings.extend_from_slice(PgenieProject::parse(&project).unwrap_err().diagnostics());
    findings
}

/// As inferred from `album.sql` where the join to genres is certain to leave some out.
fn of_album() -> Signature {
    let genre = Verdict::of(Nullability::Nullable)
        .certain()
        .because("left join genre on false: every row has NULL here");
    Signature {
        parameters: vec![int("id")],
        columns: vec![int("id"), Field::new("genre", TypeRef::built_in("text"), genre)],
        cardinality: Verdict::of(Cardinality::ZeroOrOne),
        idempotent: false,
        batch: Batch::default(),
    }
}

fn of_lock(folder: &Path, queries: &[Query]) -> Vec<Diagnostic> {
    let read_lock = |path: &str| {
        Lock::source(&folder.join(path), "pgmi.lock").and_then(|source| Lock::parse(&source))
    };
    let unreadable = read_lock("pgmi.lock").unwrap_err();
    let missing = read_lock("none/pgmi.lock").unwrap_err();
    let mut findings = [unreadable.diagnostics(), missing.diagnostics()].concat();
    let empty = Lock { postgres: 17, schema: "12ab".into(), types: vec![], queries: vec![] };
    findings.extend(empty.stale("pgmi.lock", 18, "9f86", queries));
    findings
}

fn named<'a>(queries: &'a [Query], name: &str) -> &'a Query {
    queries.iter().find(|query| query.label() == name).unwrap()
}

fn int(name: &str) -> Field {
    Field::new(name, TypeRef::built_in("int8"), Verdict::of(Nullability::NotNull))
}
