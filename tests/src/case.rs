//! Queries as files.

use std::fmt::Write;
use std::path::{Path, PathBuf};

/// A query of `tests/queries`, and what its head says.
pub struct Case {
    pub name: String,
    pub path: PathBuf,
    pub text: String,
    pub since: u16,
    pub until: u16,
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

fn case(path: PathBuf) -> Case {
    let text = std::fs::read_to_string(&path).expect("tests/queries can be read");
    let mut case = Case {
        name: path.file_stem().expect("tests/queries can be read").to_string_lossy().into_owned(),
        path,
        since: 14,
        until: u16::MAX,
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
            Some(("imprecise:", _)) => {}
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
