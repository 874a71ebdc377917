//! Fixtures: what a test's database holds besides the project.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use postgres::Client;
use postgres::error::{DbError, ErrorPosition};
use sha2::{Digest, Sha256};

use crate::connection::{ConnectOptions, Target, server_error};
use crate::diagnostic::{Code, Diagnostic, SourceText};
use crate::{Error, Result};

/// A file that is brought into a database: SQL that is executed, or CSV that is copied into the table of
/// its name.
#[derive(Clone, Debug)]
pub struct Fixture {
    source: SourceText,
    path: PathBuf,
}

impl Fixture {
    /// Reads files; findings name them as they are seen from `from`.
    ///
    /// # Errors
    /// Every file that cannot be read, is not text, or is neither SQL nor CSV.
    pub fn read_all(from: &Path, paths: &[PathBuf]) -> Result<Vec<Self>> {
        let mut findings = Vec::new();
        let read = paths.iter().filter_map(|path| {
            Self::read(from, path).map_err(|finding| findings.push(finding)).ok()
        });
        let fixtures = read.collect();
        Error::check(findings)?;
        Ok(fixtures)
    }

    fn read(from: &Path, path: &Path) -> std::result::Result<Self, Diagnostic> {
        let shown = path.strip_prefix(from).unwrap_or(path).display().to_string();
        let wrong = |why: String| {
            Diagnostic::error(
                Code::FileUnreadable,
                format!("cannot read the fixture `{shown}`: {why}"),
            )
        };
        let bytes = std::fs::read(path).map_err(|error| wrong(error.to_string()))?;
        let text = crate::project::text_of(&shown, bytes)?;
        match path.extension().and_then(|it| it.to_str()) {
            Some("sql" | "csv") => {
                Ok(Self { source: SourceText::new(shown, text), path: path.to_owned() })
            }
            _ => Err(wrong("it is neither SQL nor CSV".to_owned())),
        }
    }

    /// What all of them come to: another content, another text.
    pub fn content(all: &[Self]) -> String {
        let mut hash = Sha256::new();
        for fixture in all {
            let name = fixture.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            for part in [name.as_str(), fixture.source.text()] {
                hash.update((part.len() as u64).to_le_bytes());
                hash.update(part);
            }
        }
        hash.finalize().iter().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }

    fn bring_in(&self, client: &mut Client) -> Result<()> {
        let done = match self.path.extension().is_some_and(|it| it == "csv") {
            true => self.copy(client),
            false => client.batch_execute(self.source.text()),
        };
        done.map_err(|error| self.explain(&error).into())
    }

    /// The first line names the columns.
    fn copy(&self, client: &mut Client) -> std::result::Result<(), postgres::Error> {
        let header = self.source.text().lines().next().unwrap_or_default();
        let columns: Vec<String> =
            header.split(',').map(|it| quoted(it.trim().trim_matches('"'))).collect();
        let table = self.path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let table: Vec<String> = table.split('.').map(quoted).collect();
        let (table, columns) = (table.join("."), columns.join(", "));
        let sql = format!("copy {table} ({columns}) from stdin with (format csv, header true)");
        let mut copy = client.copy_in(&sql)?;
        // What the server has against it comes when the copy ends.
        let _ = copy.write_all(self.source.text().as_bytes());
        copy.finish().map(drop)
    }

    fn explain(&self, error: &postgres::Error) -> Diagnostic {
        let name = self.source.name();
        let Some(db) = error.as_db_error() else {
            return Diagnostic::error(Code::ConnectionLost, format!("fixture {name}: {error}"));
        };
        let span = self.place(db).unwrap_or_else(|| {
            let text = self.source.text();
            0..text.find('\n').unwrap_or(text.len())
        });
        let finding = Diagnostic::error(Code::TestFailed, db.message())
            .at(&self.source, span, "")
            .server(server_error(db));
        match self.path.extension().is_some_and(|it| it == "csv") {
            true => finding.note(
                "a CSV file goes into the table of its name, by the columns of its first line",
            ),
            false => finding,
        }
    }

    /// Where PostgreSQL says it is: a character of the SQL, a line of the CSV file.
    fn place(&self, db: &DbError) -> Option<std::ops::Range<usize>> {
        let text = self.source.text();
        if let Some(ErrorPosition::Original(at)) = db.position() {
            let is_csv = self.path.extension().is_some_and(|it| it == "csv");
            let index = usize::try_from(*at).ok().filter(|_| !is_csv)?.checked_sub(1)?;
            let start = text.char_indices().nth(index)?.0;
            let word = text[start..].find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(0);
            return Some(start..start + word.max(1));
        }
        let line = db.where_()?.strip_prefix("COPY ")?.split("line ").nth(1)?;
        let digits = line.split(|c: char| !c.is_ascii_digit()).next()?;
        self.source.line_span(digits.parse().ok()?)
    }
}

/// Brings fixtures into a database, one after the other, each whole or not at all.
pub(super) fn bring_in(fixtures: &[Fixture], target: &Target) -> Result<()> {
    let mut client = target.connect(ConnectOptions::default())?.client;
    fixtures.iter().try_for_each(|fixture| fixture.bring_in(&mut client))
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_content_order_or_name_is_another_variant() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            path
        };
        let (a, b) = (write("a.sql", "x"), write("b.sql", "x"));
        let content = |paths: &[&PathBuf]| {
            let paths: Vec<PathBuf> = paths.iter().map(|it| (*it).clone()).collect();
            Fixture::content(&Fixture::read_all(folder.path(), &paths).unwrap())
        };
        let both = content(&[&a, &b]);
        assert_ne!(both, content(&[&b, &a]));
        assert_ne!(content(&[&a]), content(&[&b]));
        write("a.sql", "y");
        assert_ne!(both, content(&[&a, &b]));
    }

    #[test]
    fn what_cannot_be_a_fixture_is_named() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.txt"), "").unwrap();
        let paths = ["a.txt", "b.sql"].map(|name| folder.path().join(name));
        let error = Fixture::read_all(folder.path(), &paths).unwrap_err();
        let said: Vec<_> = error.diagnostics().iter().map(|it| it.message.as_str()).collect();
        assert!(said[0].contains("`a.txt`: it is neither SQL nor CSV"), "{said:?}");
        assert!(said[1].contains("`b.sql`"), "{said:?}");
    }
}
