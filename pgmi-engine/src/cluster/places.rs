//! Where server binaries may lie on a machine, in the order in which they are preferred.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What a machine and its user say about where PostgreSQL is. The engine reads no environment:
/// a door fills this in, usually with [`Places::gather`].
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// The user's folder for what can be fetched or made again; `cargo pgmi server install` fills it.
    pub cache: Option<PathBuf>,
    /// `PG_CONFIG`: a `pg_config` program.
    pub pg_config: Option<PathBuf>,
    /// `PATH`.
    pub path: Option<OsString>,
    /// `ProgramFiles` of Windows.
    pub program_files: Option<PathBuf>,
}

/// A folder that may hold server binaries, and who named it.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub directory: PathBuf,
    pub origin: &'static str,
    /// What the name of a folder promises, so that others need not be asked.
    pub major: Option<u16>,
}

/// Root's home is closed to the unprivileged user that its servers run as.
const SYSTEM_CACHE: &str = "/var/cache/pgmi";

impl Places {
    /// Asks `variable` (`std::env::var_os` in a door) for everything the search depends on.
    ///
    /// `PGMI_CACHE_DIR` chooses the cache folder. Without it the custom of the system decides:
    /// `$XDG_CACHE_HOME/pgmi` or `~/.cache/pgmi`, `~/Library/Caches/pgmi` on macOS,
    /// `%LOCALAPPDATA%\pgmi` on Windows, and `/var/cache/pgmi` for root.
    pub fn gather(variable: impl Fn(&str) -> Option<OsString>) -> Self {
        let filled = |name: &str| variable(name).filter(|value| !value.is_empty());
        Self {
            cache: cache(&filled),
            pg_config: filled("PG_CONFIG").map(PathBuf::from),
            path: filled("PATH"),
            program_files: filled("ProgramFiles").map(PathBuf::from),
        }
    }

    /// Where `cargo pgmi server install` puts server binaries.
    pub fn servers(&self) -> Option<PathBuf> {
        self.cache.as_ref().map(|cache| cache.join("servers"))
    }

    /// Where the processes of one user find the throwaway servers that they share.
    pub fn shared(&self) -> Option<PathBuf> {
        self.cache.as_ref().map(|cache| cache.join("shared"))
    }

    /// Every folder to look into, best first. Folders that do not exist may be among them.
    pub(super) fn candidates(&self) -> Vec<Candidate> {
        let mut all = self.installed();
        let mut add = |origin, directory| all.push(Candidate { directory, origin, major: None });
        if let Some(directory) = self.pg_config.as_deref().and_then(bindir) {
            add("PG_CONFIG", directory);
        }
        for directory in self.path.iter().flat_map(std::env::split_paths) {
            add("PATH", directory);
        }
        for (parent, stem) in SYSTEM {
            all.extend(newest_first(Path::new(parent), stem, "system"));
        }
        if let Some(parent) = &self.program_files {
            all.extend(newest_first(&parent.join("PostgreSQL"), "", "system"));
        }
        all
    }

    fn installed(&self) -> Vec<Candidate> {
        let of_root = Path::new(SYSTEM_CACHE).join("servers");
        let own = self.servers().filter(|own| *own != of_root);
        let platform = super::install::platform().unwrap_or("unsupported");
        own.into_iter()
            .chain(cfg!(unix).then_some(of_root))
            .flat_map(|servers| newest_first(&servers.join(platform), "", super::install::ORIGIN))
            .collect()
    }

    /// The places in words, for an error that says where nothing was found.
    pub(super) fn tried(&self) -> Vec<String> {
        let mut tried = vec![match self.servers() {
            Some(servers) => format!("servers installed in {}", servers.display()),
            None => "servers installed by pgmi: there is no cache folder".to_owned(),
        }];
        tried.push(match &self.pg_config {
            Some(program) => format!("PG_CONFIG ({})", program.display()),
            None => "PG_CONFIG, which is not set".to_owned(),
        });
        tried.push("PATH".to_owned());
        tried.extend(SYSTEM.iter().map(|(parent, stem)| format!("{parent}/{stem}*/bin")));
        tried
    }
}

/// Where packages put one folder per major version: its parent, and what stands before the version.
const SYSTEM: &[(&str, &str)] = if cfg!(windows) {
    &[]
} else if cfg!(target_os = "macos") {
    &[
        ("/opt/homebrew/opt", "postgresql@"),
        ("/usr/local/opt", "postgresql@"),
        ("/Applications/Postgres.app/Contents/Versions", ""),
        ("/Library/PostgreSQL", ""),
    ]
} else {
    &[
        ("/usr/lib/postgresql", ""),
        ("/usr", "pgsql-"),
        ("/home/linuxbrew/.linuxbrew/opt", "postgresql@"),
    ]
};

fn cache(filled: &impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    if let Some(chosen) = filled("PGMI_CACHE_DIR") {
        return Some(PathBuf::from(chosen));
    }
    if is_root() {
        return Some(PathBuf::from(SYSTEM_CACHE));
    }
    let base = |name: &str, inside: &str| filled(name).map(|base| Path::new(&base).join(inside));
    if cfg!(windows) {
        base("LOCALAPPDATA", "pgmi")
    } else if cfg!(target_os = "macos") {
        base("HOME", "Library/Caches/pgmi")
    } else {
        base("XDG_CACHE_HOME", "pgmi").or_else(|| base("HOME", ".cache/pgmi"))
    }
}

fn is_root() -> bool {
    #[cfg(unix)]
    return rustix::process::geteuid().is_root();
    #[cfg(not(unix))]
    return false;
}

/// What `pg_config --bindir` answers.
fn bindir(pg_config: &Path) -> Option<PathBuf> {
    let answer = Command::new(pg_config).arg("--bindir").output().ok()?;
    let answer = String::from_utf8(answer.stdout).ok()?;
    Some(PathBuf::from(answer.trim())).filter(|directory| directory.is_absolute())
}

/// `<parent>/<stem><version>/bin` for every version there is; the highest version first.
fn newest_first(parent: &Path, stem: &str, origin: &'static str) -> Vec<Candidate> {
    let entries = std::fs::read_dir(parent).into_iter().flatten().flatten();
    let mut versions: Vec<_> = entries
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            Some((numbers(name.strip_prefix(stem)?)?, entry.path().join("bin")))
        })
        .collect();
    versions.sort_by(|a, b| b.cmp(a));
    let candidate = |(version, directory): (Vec<u32>, _)| {
        let major = version.first().and_then(|number| u16::try_from(*number).ok());
        Candidate { directory, origin, major }
    };
    versions.into_iter().map(candidate).collect()
}

/// The numbers of a version, so that 9.6 sorts before 18 and beta.9 before beta.17.
/// Nothing for a name that does not begin with a number.
pub(super) fn numbers(version: &str) -> Option<Vec<u32>> {
    version.starts_with(|c: char| c.is_ascii_digit()).then(|| {
        let words = version.split(|c: char| !c.is_ascii_digit());
        words.filter_map(|word| word.parse().ok()).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cache_follows_the_custom_of_the_system() {
        let places = Places::gather(|name| match name {
            "PGMI_CACHE_DIR" => Some("/chosen".into()),
            _ => None,
        });
        assert_eq!(places.servers(), Some(PathBuf::from("/chosen/servers")));
        if cfg!(target_os = "linux") && !is_root() {
            let places = Places::gather(|name| match name {
                "XDG_CACHE_HOME" => Some("".into()),
                "HOME" => Some("/home/ada".into()),
                _ => None,
            });
            assert_eq!(places.cache, Some(PathBuf::from("/home/ada/.cache/pgmi")));
        }
    }

    #[test]
    fn versions_sort_as_numbers() {
        assert!(numbers("9.6") < numbers("18"));
        assert!(numbers("18.4.0-beta.9") < numbers("18.4.0-beta.17"));
        assert!(numbers("latest").is_none());
    }
}
