//! Queries as files.

use std::collections::HashMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use crate::Database;

/// A query of `tests/queries`, and what its head says.
pub struct Case {
    pub name: String,
    pub path: PathBuf,
    pub text: String,
    pub since: u16,
    pub until: u16,
    /// An extension that not every server comes with.
    pub needs: Option<String>,
    /// Arguments that mean something, by the name of the parameter.
    pub tries: HashMap<String, Vec<String>>,
    /// Why a verdict is wider than the truth.
    pub imprecise: Option<String>,
    /// The lines that are compared.
    pub expected: String,
    /// Columns whose origin the head says.
    pub origins: bool,
}

/// The queries of `tests/queries`; `PGMI_TEST_QUERY` chooses those whose names have it.
pub fn cases() -> Vec<Case> {
    let mut paths: Vec<_> = std::fs::read_dir(folder())
        .expect("tests/queries can be read")
        .map(|entry| entry.expect("tests/queries can be read").path())
        .filter(|path| path.extension().is_some_and(|it| it == "sql"))
        .filter(|path| path.file_stem().is_some_and(|it| it != "schema"))
        .collect();
    paths.sort();
    let wanted = std::env::var("PGMI_TEST_QUERY").unwrap_or_default();
    paths.retain(|path| path.to_string_lossy().contains(&wanted));
    paths.into_iter().map(case).collect()
}

/// Those that a database with [`schema`] can have: of its major, with its extensions.
pub fn cases_on(db: &Database) -> Vec<Case> {
    let sql = "select coalesce(array_agg(extname::text), '{}') from pg_extension";
    let row = db.client().query_one(sql, &[]).expect("the catalog can be read");
    let extensions: Vec<String> = row.get(0);
    let lacking = |case: &Case| case.needs.clone().filter(|it| !extensions.contains(it));
    let mut cases = cases();
    cases.retain(|case| (case.since..=case.until).contains(&db.major()));
    for case in cases.iter().filter(|case| lacking(case).is_some()) {
        let needs = case.needs.as_deref().unwrap_or_default();
        eprintln!("{} is left out: PostgreSQL {} comes without {needs}", case.name, db.major());
    }
    cases.retain(|case| lacking(case).is_none());
    cases
}

fn case(path: PathBuf) -> Case {
    let text = std::fs::read_to_string(&path).expect("tests/queries can be read");
    let mut case = Case {
        name: path.file_stem().expect("tests/queries can be read").to_string_lossy().into_owned(),
        path,
        since: 14,
        until: u16::MAX,
        needs: None,
        tries: HashMap::new(),
        imprecise: None,
        expected: String::new(),
        origins: text.contains(" <- "),
        text,
    };
    for line in case.text.lines().filter_map(|line| line.strip_prefix("--! ")) {
        match line.split_once(' ') {
            Some(("since", major)) => {
                case.since = major.parse().expect("a major");
            }
            Some(("until", major)) => {
                case.until = major.parse().expect("a major");
            }
            // A column may be called so; it has a type and more behind its name.
            Some(("needs", name)) if !name.contains(' ') => case.needs = Some(name.to_owned()),
            Some(("try", rest)) => {
                let (name, values) = rest.split_once(' ').expect("a parameter and values");
                let values = values.split(" | ").map(str::to_owned).collect();
                case.tries.insert(name.to_owned(), values);
            }
            Some(("imprecise:", why)) => case.imprecise = Some(why.to_owned()),
            _ => writeln!(case.expected, "{}", line.trim_end()).expect("tests/queries can be read"),
        }
    }
    case
}

/// `tests/queries`.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("queries")
}

/// The schema of all of them.
pub fn schema() -> String {
    std::fs::read_to_string(folder().join("schema.sql")).expect("tests/queries can be read")
}
