//! The connection service file: named groups of settings
//! ([libpq-pgservice](https://www.postgresql.org/docs/current/libpq-pgservice.html)).

use std::{
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
};

use super::{
    input::Environment,
    keyword::{self, Support},
    settings::{Settings, Value, settings_error},
    source::Source,
    string,
};
use crate::diagnostic::{Diagnostic, nearest};
use crate::{Error, Result};

/// Fills what is still open from the service that the settings or the variables name, if any.
///
/// # Errors
/// `connection-settings` when the service is in no file, or has a line that cannot be honoured.
pub(super) fn fill(
    settings: &mut Settings,
    variables: &Settings,
    environment: &Environment,
) -> Result<()> {
    let Some(named) = settings.get("service").or(variables.get("service")) else { return Ok(()) };
    let name = named.text.clone();
    let files = files(environment);
    let mut near = None;
    for path in &files {
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            Err(error) => return Err(unreadable(path, &error)),
        };
        if let Some(lines) = section(&text, &name) {
            let service = read(&lines, path, &name)?;
            settings.fill_from(service);
            return Ok(());
        }
        near = near.or_else(|| near_miss(&text, &name, path));
    }
    Err(nowhere(named, &files, near))
}

fn unreadable(path: &Path, error: &std::io::Error) -> Error {
    let message = format!("the service file {} cannot be read: {error}", path.display());
    settings_error(message).into()
}

fn nowhere(named: &Value, files: &[PathBuf], near: Option<String>) -> Error {
    let looked: Vec<_> = files.iter().map(|path| path.display().to_string()).collect();
    let error = settings_error(format!(
        "the connection service from {} is in no service file",
        named.source
    ));
    let error = match looked.is_empty() {
        true => error,
        false => error.note(format!("looked into {}", looked.join(" and "))),
    };
    let error = near.into_iter().fold(error, Diagnostic::note);
    error.help("write its section into ~/.pg_service.conf, or set PGSERVICEFILE").into()
}

/// The user's own file first, then the system's.
fn files(environment: &Environment) -> Vec<PathBuf> {
    let own = match environment.get("PGSERVICEFILE") {
        Some(path) => Some(PathBuf::from(path)),
        None if cfg!(windows) => {
            let folder = environment.get("APPDATA").map(Path::new);
            folder.map(|folder| folder.join("postgresql").join(".pg_service.conf"))
        }
        None => environment.get("HOME").map(|home| Path::new(home).join(".pg_service.conf")),
    };
    let system = environment.get("PGSYSCONFDIR").map(|d| Path::new(d).join("pg_service.conf"));
    own.into_iter().chain(system).collect()
}

/// The lines below `[name]` with their numbers, up to the next section.
fn section<'a>(text: &'a str, name: &str) -> Option<Vec<(usize, &'a str)>> {
    let header = |line: &str| Some(line.strip_prefix('[')?.strip_suffix(']')? == name);
    let lines = text.lines().enumerate().map(|(index, line)| (index + 1, line.trim()));
    let mut lines = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    lines.find(|(_, line)| header(line) == Some(true))?;
    Some(lines.take_while(|(_, line)| !line.starts_with('[')).collect())
}

/// A header that may have been meant, and why it does not count.
fn near_miss(text: &str, name: &str, path: &Path) -> Option<String> {
    let headers = text.lines().enumerate().filter_map(|(index, line)| {
        let header = line.trim().strip_prefix('[')?;
        Some((format!("{}:{}", path.display(), index + 1), header))
    });
    let headers: Vec<_> = headers.collect();
    let open = headers.iter().find(|(_, header)| !header.ends_with(']'));
    if let Some((at, header)) = open {
        return Some(format!("{at} begins a section and does not end with `]`: [{header}"));
    }
    let names = || headers.iter().map(|(_, header)| header.trim_end_matches(']'));
    let is_same = |header: &str| header.trim().eq_ignore_ascii_case(name.trim());
    let near = names().find(|header| is_same(header)).or_else(|| nearest(name, names()))?;
    let (at, _) = headers.iter().find(|(_, header)| header.trim_end_matches(']') == near)?;
    Some(format!("{at} has a service `{near}`; every letter and space counts"))
}

fn read(lines: &[(usize, &str)], path: &Path, name: &str) -> Result<Settings> {
    let source = Source::ServiceFile { path: path.to_owned(), service: name.to_owned() };
    let mut settings = Settings::default();
    for (number, line) in lines {
        let at = format!("{}:{number}", path.display());
        // The line is not quoted: it may be a password with a misspelt keyword.
        let Some((word, value)) = line.split_once('=') else {
            return Err(settings_error(format!("{at} has no `=`"))
                .help("a line of a service is KEYWORD=VALUE, such as host=db.example")
                .into());
        };
        let Some(keyword) = keyword::find(word.trim()) else {
            let error = settings_error(format!("{at} does not begin with a known keyword"));
            return Err(match keyword::closest(word.trim()) {
                Some(near) => error.help(format!("did you mean `{near}`?")),
                None => error.help("keywords are those of libpq: host, port, dbname, user, …"),
            }
            .into());
        };
        match (keyword.name, keyword.support) {
            ("service", _) => {
                return Err(settings_error(format!("{at} names another service"))
                    .help("write the settings of that service here")
                    .into());
            }
            (_, Support::Refused) => return Err(string::refused(keyword.name, &at).into()),
            _ => settings.fill(keyword.name, value.trim(), source.clone()),
        }
    }
    Ok(settings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_ends_where_the_next_begins() {
        let text = "# all\n[a]\nhost=x\n\n[b]\n# comment\nhost = y\nport=1\n[c]\n";
        assert_eq!(section(text, "b").unwrap(), [(7, "host = y"), (8, "port=1")]);
        assert!(section(text, "c").unwrap().is_empty());
        assert!(section(text, "d").is_none());
    }

    #[test]
    fn a_header_that_was_perhaps_meant_is_shown() {
        let near = |text: &str, name: &str| near_miss(text, name, Path::new("/x"));
        let open = near("[a]\n[svc\nhost=h", "svc").unwrap();
        assert_eq!(open, "/x:2 begins a section and does not end with `]`: [svc");
        for (text, name) in
            [("[a]\n\n[ svc ]", "svc"), ("#\n\n[SVC]", "svc"), ("\n\n[shpo]", "shop")]
        {
            let said = near(text, name).unwrap();
            assert!(said.starts_with("/x:3 has a service `"), "{said}");
        }
        assert_eq!(near("[a]\nhost=h", "something"), None);
    }

    #[test]
    fn a_broken_line_is_named_and_not_quoted() {
        for (line, words) in [
            ("pasword=s3cret", "/x:4 does not begin with a known keyword"),
            ("s3cret", "/x:4 has no `=`"),
            ("service=other", "/x:4 names another service"),
            ("sslcrl=/s3cret", "sslcrl from /x:4 is not supported"),
        ] {
            let error = read(&[(3, "host=h"), (4, line)], Path::new("/x"), "n").err().unwrap();
            assert!(error.to_string().contains(words), "{line}: {error}");
            assert!(!format!("{error:?}").contains("s3cret"));
        }
    }
}
