//! Queries as files.

use std::fmt::Write;
use std::path::PathBuf;

use super::folder;

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
///
/// # Panics
/// A file cannot be read, or its head is wrong.
pub fn cases() -> Vec<Case> {
    let mut paths: Vec<_> = std::fs::read_dir(folder("queries"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|it| it == "sql"))
        .filter(|path| path.file_stem().is_some_and(|it| it != "schema"))
        .collect();
    paths.sort();
    let wanted = std::env::var("PGMI_TEST_QUERY").unwrap_or_default();
    paths.retain(|path| path.to_string_lossy().contains(&wanted));
    paths.into_iter().map(case).collect()
}

fn case(path: PathBuf) -> Case {
    let text = std::fs::read_to_string(&path).unwrap();
    let mut case = Case {
        name: path.file_stem().unwrap().to_string_lossy().into_owned(),
        path,
        since: 14,
        until: u16::MAX,
        expected: String::new(),
        origins: text.contains(" <- "),
        text,
    };
    for line in case.text.lines().filter_map(|line| line.strip_prefix("--! ")) {
        match line.split_once(' ') {
            Some(("since", major)) => case.since = major.parse().unwrap(),
            Some(("until", major)) => case.until = major.parse().unwrap(),
            Some(("imprecise:", _)) => {}
            _ => writeln!(case.expected, "{}", line.trim_end()).unwrap(),
        }
    }
    case
}
