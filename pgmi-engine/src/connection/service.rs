//! The connection service file: named groups of settings
//! ([libpq-pgservice](https://www.postgresql.org/docs/current/libpq-pgservice.html)).

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{
    input::Environment,
    keyword::{self, Support},
    settings::{Settings, settings_error},
    source::Source,
    string,
};
use crate::Result;

/// Fills what is still open from the service that the settings or the variables name, if any.
///
/// # Errors
/// `connection-settings` when the service is in no file, or has a line that cannot be honoured.
pub(super) fn fill(
    settings: &mut Settings,
    variables: &Settings,
    environment: &Environment,
) -> Result<()> {
    let Some(name) = settings.text("service").or(variables.text("service")) else { return Ok(()) };
    for path in files(environment) {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        if let Some(lines) = section(&text, name) {
            let service = read(&lines, &path)?;
            settings.fill_from(service);
            return Ok(());
        }
    }
    Err(settings_error("the connection service that is named is in no service file")
        .help("write its section into ~/.pg_service.conf, or set PGSERVICEFILE")
        .into())
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

/// The lines below `[name]`, up to the next section.
fn section<'a>(text: &'a str, name: &str) -> Option<Vec<&'a str>> {
    let header = |line: &str| Some(line.strip_prefix('[')?.strip_suffix(']')? == name);
    let mut lines = text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#'));
    lines.find(|line| header(line) == Some(true))?;
    Some(lines.take_while(|line| !line.starts_with('[')).collect())
}

fn read(lines: &[&str], path: &Path) -> Result<Settings> {
    let mut settings = Settings::default();
    for line in lines {
        let pair = line.split_once('=').map(|(name, value)| (name.trim(), value.trim()));
        let Some((keyword, value)) = pair.and_then(|(n, v)| Some((keyword::find(n)?, v))) else {
            return Err(settings_error(format!(
                "a line of the service in {} is not a known keyword with its value",
                path.display()
            ))
            .into());
        };
        if keyword.support == Support::Refused {
            return Err(string::refused(keyword.name, &Source::ServiceFile.to_string()).into());
        }
        settings.fill(keyword.name, value, Source::ServiceFile);
    }
    Ok(settings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_ends_where_the_next_begins() {
        let text = "# all\n[a]\nhost=x\n\n[b]\n# comment\nhost = y\nport=1\n[c]\n";
        assert_eq!(section(text, "b").unwrap(), ["host = y", "port=1"]);
        assert_eq!(section(text, "c").unwrap(), Vec::<&str>::new());
        assert!(section(text, "d").is_none());
    }

    #[test]
    fn a_broken_line_is_not_quoted() {
        let error = read(&["pasword=s3cret"], Path::new("/x")).err().unwrap();
        assert!(!format!("{error:?}").contains("s3cret"));
    }
}
