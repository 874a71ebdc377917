//! The password file, `~/.pgpass` or `%APPDATA%\postgresql\pgpass.conf`
//! ([libpq-pgpass](https://www.postgresql.org/docs/current/libpq-pgpass.html)).

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{
    endpoint::{Endpoint, Host},
    input::Environment,
    secret::Secret,
    settings::settings_error,
    source::Source,
};
use crate::diagnostic::{Diagnostic, Severity};

/// Where servers put their socket when nobody says otherwise; such a host is called `localhost`.
const SOCKET_DIRECTORIES: [&str; 3] = ["/tmp", "/var/run/postgresql", "/run/postgresql"];

/// The lines of a password file.
#[derive(Clone, Debug, Default)]
pub(super) struct Passfile {
    path: PathBuf,
    entries: Vec<Entry>,
}

#[derive(Clone, Debug)]
struct Entry {
    /// Counted from 1.
    line: usize,
    /// Host, port, database, user; `None` for `*`.
    fields: [Option<String>; 4],
    password: Secret,
}

/// Where the file is when `passfile` does not say.
pub(super) fn default_path(environment: &Environment) -> Option<PathBuf> {
    if cfg!(windows) {
        let folder = environment.get("APPDATA")?;
        Some(Path::new(folder).join("postgresql").join("pgpass.conf"))
    } else {
        Some(Path::new(environment.get("HOME")?).join(".pgpass"))
    }
}

impl Passfile {
    /// Reads the file; one that is missing is empty. One that others may read is ignored with a
    /// warning, as libpq does.
    pub(super) fn read(path: &Path) -> (Self, Option<Diagnostic>) {
        if !path.exists() {
            return (Self::default(), None);
        }
        match safety(path).and_then(|()| {
            fs::read_to_string(path).map_err(|error| format!("it cannot be read: {error}"))
        }) {
            Ok(text) => (Self::parse(path, &text), None),
            Err(reason) => (Self::default(), Some(ignored(path, &reason))),
        }
    }

    fn parse(path: &Path, text: &str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let lines = text.lines().enumerate().filter(|(_, line)| !line.starts_with('#'));
        let entries = lines.filter_map(|(index, line)| Entry::parse(index + 1, line));
        Self { path: path.to_owned(), entries: entries.collect() }
    }

    /// The password of the first line that fits, and which line that is.
    pub(super) fn password(
        &self,
        at: &Endpoint,
        database: &str,
        user: &str,
    ) -> Option<(&Secret, Source)> {
        let (host, port) = (host_name(at), at.port.to_string());
        let wanted = [host.as_str(), &port, database, user];
        let entry = self.entries.iter().find(|entry| entry.fits(wanted))?;
        let source = Source::PasswordFile { path: self.path.clone(), line: entry.line };
        Some((&entry.password, source))
    }
}

impl Entry {
    fn parse(number: usize, line: &str) -> Option<Self> {
        let mut fields = split(line).into_iter();
        let mut next = || fields.next().map(|(text, star)| if star { None } else { Some(text) });
        let names = [next()?, next()?, next()?, next()?];
        let (password, _) = fields.next()?;
        Some(Self { line: number, fields: names, password: Secret::new(password) })
    }

    fn fits(&self, wanted: [&str; 4]) -> bool {
        let fits = |(field, wanted): (&Option<String>, &str)| {
            field.as_deref().is_none_or(|field| field == wanted)
        };
        self.fields.iter().zip(wanted).all(fits)
    }
}

/// Cuts a line at `:`, takes `\` off, and tells a bare `*` from an escaped one.
fn split(line: &str) -> Vec<(String, bool)> {
    let (mut fields, mut field, mut raw) = (Vec::new(), String::new(), 0);
    let mut characters = line.chars();
    while let Some(c) = characters.next() {
        match c {
            ':' => {
                let star = field == "*" && raw == 1;
                fields.push((std::mem::take(&mut field), star));
                raw = 0;
                continue;
            }
            '\\' => {
                field.push(characters.next().unwrap_or('\\'));
                raw += 1;
            }
            c => field.push(c),
        }
        raw += 1;
    }
    fields.push((field, false));
    fields
}

fn host_name(at: &Endpoint) -> String {
    match &at.host {
        Host::Name(name) => name.clone(),
        Host::Socket(directory) => {
            let usual = SOCKET_DIRECTORIES.iter().any(|usual| Path::new(usual) == directory);
            if usual { "localhost".into() } else { directory.display().to_string() }
        }
    }
}

/// Says why libpq would not trust the file.
fn safety(path: &Path) -> Result<(), String> {
    let metadata = fs::metadata(path).map_err(|error| format!("it cannot be read: {error}"))?;
    if !metadata.is_file() {
        return Err("it is not a plain file".into());
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        if metadata.permissions().mode() & 0o077 != 0 {
            return Err("its group or everybody may read it".into());
        }
    }
    Ok(())
}

fn ignored(path: &Path, reason: &str) -> Diagnostic {
    let message = format!("the password file {} is ignored: {reason}", path.display());
    let warning = Diagnostic { severity: Severity::Warning, ..settings_error(message) };
    if reason.contains("may read") {
        warning.help(format!("chmod 0600 {}", path.display()))
    } else {
        warning
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(text: &str, host: &str, port: u16, database: &str, user: &str) -> Option<String> {
        let host = match host.strip_prefix('/') {
            Some(_) => Host::Socket(host.into()),
            None => Host::Name(host.into()),
        };
        let at = Endpoint { host, address: None, port };
        let passfile = Passfile::parse(Path::new("/p"), text);
        passfile.password(&at, database, user).map(|(s, _)| s.reveal().to_owned())
    }

    #[test]
    fn the_first_line_that_fits_wins() {
        let text = "# h:1:d:u:comment\n\nh:1:d:u:one\nh:*:*:u:two\r\n*:*:*:*:three\n";
        assert_eq!(find(text, "h", 1, "d", "u").as_deref(), Some("one"));
        assert_eq!(find(text, "h", 2, "d", "u").as_deref(), Some("two"));
        assert_eq!(find(text, "x", 2, "d", "v").as_deref(), Some("three"));
        assert_eq!(find("h:1:d:u:x", "h", 1, "other", "u"), None);
    }

    #[test]
    fn escapes() {
        assert_eq!(find(r"h:1:a\:b:u:p\:q\\r", "h", 1, "a:b", "u").as_deref(), Some(r"p:q\r"));
        assert_eq!(find(r"\*:1:d:u:p", "h", 1, "d", "u"), None);
        assert_eq!(find(r"h:1:d:u:p:comment", "h", 1, "d", "u").as_deref(), Some("p"));
        assert_eq!(find(r"::1:1:d:u:p", "::1", 1, "d", "u"), None);
        assert_eq!(find(r"\:\:1:1:d:u:p", "::1", 1, "d", "u").as_deref(), Some("p"));
        assert_eq!(find("h:1:d", "h", 1, "d", "u"), None);
    }

    #[cfg(unix)]
    #[test]
    fn a_socket_in_the_usual_place_is_localhost() {
        let text = "localhost:1:d:u:local\n/srv/pg:1:d:u:far\n";
        assert_eq!(find(text, "/var/run/postgresql", 1, "d", "u").as_deref(), Some("local"));
        assert_eq!(find(text, "/srv/pg", 1, "d", "u").as_deref(), Some("far"));
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_others_may_read_is_ignored_with_a_warning() {
        use std::os::unix::fs::PermissionsExt;
        let path = std::env::temp_dir().join(format!("pgmi-passfile-{}", std::process::id()));
        fs::write(&path, "*:*:*:*:s3cret\n").unwrap();
        let read = |mode| {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            let (passfile, warning) = Passfile::read(&path);
            (passfile.entries.len(), warning)
        };
        assert!(matches!(read(0o600), (1, None)));
        let (entries, warning) = read(0o640);
        fs::remove_file(&path).unwrap();
        assert_eq!(entries, 0);
        assert_eq!(warning.unwrap().severity, Severity::Warning);
    }

    #[test]
    fn a_missing_file_is_empty_and_debug_hides_passwords() {
        assert!(matches!(Passfile::read(Path::new("/nowhere/at/all")), (_, None)));
        let shown = format!("{:?}", Passfile::parse(Path::new("/p"), "h:1:d:u:s3cret"));
        assert!(!shown.contains("s3cret"), "{shown}");
    }
}
