//! The programs of a PostgreSQL server, found on this machine.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::places::{Candidate, Places};
use crate::diagnostic::{Code, Diagnostic};
use crate::{Error, Result};

/// The majors that pgmi supports and is tested against, oldest first.
pub const SUPPORTED_MAJORS: [u16; 5] = [14, 15, 16, 17, 18];

/// A folder with `postgres` and `initdb`, and what `postgres --version` said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binaries {
    pub directory: PathBuf,
    pub major: u16,
    /// As PostgreSQL spells it: `18.4`, `19beta1`.
    pub version: String,
    /// Who led to them, in words: `PATH`, `cargo pgmi server install`, …
    pub origin: &'static str,
}

impl Binaries {
    /// Finds the preferred binaries of a major, or of the newest supported major there is.
    ///
    /// Preferred are those of `cargo pgmi server install`, then `PG_CONFIG`, `PATH`, and the
    /// folders that packages use.
    ///
    /// # Errors
    /// Nothing of that major was found; the error says where it was looked for and how to go on.
    pub fn find(places: &Places, major: Option<u16>) -> Result<Self> {
        let mut broken = Vec::new();
        let chosen = match major {
            Some(_) => look(places, major, &mut broken).next(),
            None => newest_supported(look(places, None, &mut broken)),
        };
        chosen.ok_or_else(|| not_found(places, major, broken))
    }

    /// Everything that [`Binaries::find`] chooses from, in its order of preference.
    pub fn list(places: &Places) -> Vec<Self> {
        look(places, None, &mut Vec::new()).collect()
    }

    /// The binaries in one folder.
    ///
    /// # Errors
    /// The folder lacks `postgres` or `initdb`, or `postgres --version` does not answer.
    pub fn at(directory: &Path) -> Result<Self> {
        let candidate =
            Candidate { directory: directory.to_owned(), origin: "a given folder", major: None };
        match ask(&Places::default(), &candidate) {
            Ok(Some(binaries)) => Ok(binaries),
            Ok(None) => Err(Error::from(Diagnostic::error(
                Code::ServerNotFound,
                format!("no postgres and initdb in {}", directory.display()),
            ))),
            Err(words) => Err(Error::from(Diagnostic::error(Code::ServerNotFound, words))),
        }
    }

    /// The path of one program.
    pub fn program(&self, name: &str) -> PathBuf {
        self.directory.join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
    }
}

/// Asks one candidate after the other; what exists and does not run is told in `broken`.
fn look(
    places: &Places,
    major: Option<u16>,
    broken: &mut Vec<String>,
) -> impl Iterator<Item = Binaries> {
    let wanted = move |it: u16| major.is_none_or(|major| it == major);
    let mut known = Vec::new();
    let candidates = places.candidates().into_iter();
    candidates
        .filter(move |candidate| candidate.major.is_none_or(wanted))
        // Folders of PATH are often links into folders of packages.
        .filter(move |candidate| match candidate.directory.join("postgres").canonicalize() {
            Ok(real) if known.contains(&real) => false,
            Ok(real) => {
                known.push(real);
                true
            }
            Err(_) => cfg!(windows),
        })
        .filter_map(|candidate| match ask(places, &candidate) {
            Ok(found) => found,
            Err(words) => {
                broken.push(words);
                None
            }
        })
        .filter(move |binaries| wanted(binaries.major))
}

/// The first of the newest: the order of preference decides between equals.
fn newest_supported(found: impl Iterator<Item = Binaries>) -> Option<Binaries> {
    let supported = found.filter(|it| SUPPORTED_MAJORS.contains(&it.major));
    supported.reduce(|best, next| if next.major > best.major { next } else { best })
}

/// Nothing where there are no server programs; words where there are and they do not answer.
fn ask(places: &Places, candidate: &Candidate) -> std::result::Result<Option<Binaries>, String> {
    let mut binaries = Binaries {
        directory: candidate.directory.clone(),
        major: 0,
        version: String::new(),
        origin: candidate.origin,
    };
    let postgres = binaries.program("postgres");
    if !postgres.is_file() || !binaries.program("initdb").is_file() {
        return Ok(None);
    }
    let failed = |why: &str| format!("{} --version: {}", postgres.display(), why.trim());
    if let Some(known) = places.said(&postgres).as_deref().and_then(version) {
        (binaries.major, binaries.version) = known;
        return Ok(Some(binaries));
    }
    let answer = Command::new(&postgres)
        .arg("--version")
        .output()
        .map_err(|error| failed(&error.to_string()))?;
    let words = String::from_utf8_lossy(&answer.stdout);
    (binaries.major, binaries.version) =
        version(&words).ok_or_else(|| failed(&String::from_utf8_lossy(&answer.stderr)))?;
    places.note_said(&postgres, &words);
    Ok(Some(binaries))
}

/// `postgres (PostgreSQL) 15.8 (Debian …)` → 15 and `15.8`.
fn version(words: &str) -> Option<(u16, String)> {
    let version = words.split_once("(PostgreSQL) ")?.1.split_whitespace().next()?;
    let digits = version.split(|c: char| !c.is_ascii_digit()).next()?;
    Some((digits.parse().ok()?, version.to_owned()))
}

fn not_found(places: &Places, major: Option<u16>, broken: Vec<String>) -> Error {
    let wanted = major.map_or(String::new(), |major| format!(" {major}"));
    let newest = SUPPORTED_MAJORS[SUPPORTED_MAJORS.len() - 1];
    let number = major.filter(|it| SUPPORTED_MAJORS.contains(it)).unwrap_or(newest);
    let mut diagnostic = Diagnostic::error(
        Code::ServerNotFound,
        format!("no PostgreSQL{wanted} server was found on this machine"),
    )
    .note(format!("looked for postgres and initdb in: {}", places.tried().join(", ")));
    for words in broken {
        diagnostic = diagnostic.note(format!("found, but it does not run: {words}"));
    }
    if let Some(major) = major {
        let others: Vec<_> = Binaries::list(places).iter().map(|it| it.version.clone()).collect();
        if !others.is_empty() {
            let others = others.join(", ");
            diagnostic = diagnostic.note(format!("found, but not of major {major}: {others}"));
        }
    }
    diagnostic
        .help(format!("cargo pgmi server install {number}"))
        .help(format!("or install your system's package, such as postgresql-{number} of Debian"))
        .help("or set PG_CONFIG to the pg_config program of an installed server")
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_as_packages_spell_them() {
        let of = |words: &str| version(words).map(|(major, text)| format!("{major} {text}"));
        assert_eq!(of("postgres (PostgreSQL) 18.4\n").as_deref(), Some("18 18.4"));
        assert_eq!(of("postgres (PostgreSQL) 15.8 (Debian 15.8-0)\n").as_deref(), Some("15 15.8"));
        assert_eq!(of("postgres (PostgreSQL) 19devel").as_deref(), Some("19 19devel"));
        assert_eq!(of("psql: error"), None);
    }

    #[test]
    fn the_newest_supported_wins_and_the_first_of_equals() {
        let at = |directory: &str, major| Binaries {
            directory: directory.into(),
            major,
            version: major.to_string(),
            origin: "test",
        };
        let found = vec![at("a", 16), at("b", 18), at("c", 18), at("d", 99)];
        assert_eq!(newest_supported(found.into_iter()), Some(at("b", 18)));
    }

    #[test]
    fn an_error_says_where_it_looked_and_how_to_go_on() {
        let error = Binaries::find(&Places::default(), Some(3)).unwrap_err();
        let primary = error.primary();
        assert_eq!(primary.code, Code::ServerNotFound);
        assert!(primary.notes[0].contains("PG_CONFIG"));
        assert_eq!(primary.help[0], "cargo pgmi server install 18", "3 cannot be installed");
    }
}
