//! A folder of queries: `queries/<name>.sql`, one statement each.

use std::io;
use std::path::Path;

use rayon::prelude::*;

use super::{Query, QueryName};
use crate::Result;
use crate::diagnostic::{Code, Diagnostic, SourceText};
use crate::project::Texts;

/// The queries that could be read, and what is wrong with the others.
#[derive(Clone, Debug, Default)]
pub struct QueryFolder {
    /// Ordered by name.
    pub queries: Vec<Query>,
    pub findings: Vec<Diagnostic>,
}

/// Reads every `*.sql` directly in `folder`, shown to the user as `shown`. A folder that does not exist
/// holds no queries. One bad file spoils no other.
pub fn read_folder(folder: &Path, shown: &str, texts: Texts<'_>) -> QueryFolder {
    let mut read = QueryFolder::default();
    let names = match sql_files(folder) {
        Ok(names) => names,
        Err(error) => {
            read.findings.push(unreadable(shown, &error));
            return read;
        }
    };
    let file = |name: &String| read_file(&folder.join(name), format!("{shown}/{name}"), texts);
    for one in names.par_iter().map(file).collect::<Vec<_>>() {
        match one {
            Ok(query) => read.queries.push(query),
            Err(error) => read.findings.extend_from_slice(error.diagnostics()),
        }
    }
    read
}

fn read_file(path: &Path, shown: String, texts: Texts<'_>) -> Result<Query> {
    let text = texts.read(path, &shown)?;
    let source = SourceText::new(shown, text);
    if let Some(at) = memchr::memchr(0, source.text().as_bytes()) {
        return Err(nul_byte(&source, at).into());
    }
    let name = QueryName::of_file(&source)?;
    Query::parse(Some(name), source)
}

/// Names of files, sorted; a name that is not UTF-8 is shown as well as it can be, and found wrong later.
fn sql_files(folder: &Path) -> io::Result<Vec<String>> {
    let entries = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(".sql") && !name.starts_with('.') && !entry.file_type()?.is_dir() {
            names.push(name);
        }
    }
    names.sort_unstable();
    Ok(names)
}

fn unreadable(shown: &str, error: &io::Error) -> Diagnostic {
    Diagnostic::error(Code::FileUnreadable, format!("cannot read `{shown}`: {error}"))
}

fn nul_byte(source: &SourceText, at: usize) -> Diagnostic {
    let message = format!("`{}` contains a NUL byte at byte offset {at}", source.name());
    Diagnostic::error(Code::FileNulByte, message)
        .at(source, at..at + 1, "")
        .help("PostgreSQL takes no NUL in a statement: take it out")
}
