//! Where each value came from, so that a wrong one can be found and mended.

use std::{fmt, path::PathBuf};

/// Where the value of a setting came from.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Source {
    /// A command line flag, such as `--host`.
    Flag(&'static str),
    /// A part of the connection string that this flag or variable holds.
    ConnectionString(&'static str),
    /// A section of a connection service file.
    ServiceFile { path: PathBuf, service: String },
    /// An environment variable, such as `PGHOST`.
    Variable(&'static str),
    /// The same in the project's `.env`.
    EnvFile(&'static str),
    /// The `connection` part of `pgmi.yaml`.
    ProjectFile,
    /// A line of the password file.
    PasswordFile { path: PathBuf, line: usize },
    /// What applies when nobody says anything.
    BuiltIn,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(name) | Self::Variable(name) => f.write_str(name),
            Self::ConnectionString(name) => write!(f, "the connection string of {name}"),
            Self::ServiceFile { path, service } => {
                write!(f, "service `{service}` of {}", path.display())
            }
            Self::EnvFile(name) => write!(f, "{name} of .env"),
            Self::ProjectFile => f.write_str("pgmi.yaml"),
            Self::PasswordFile { path, line } => write!(f, "{}, line {line}", path.display()),
            Self::BuiltIn => f.write_str("built-in default"),
        }
    }
}

/// One line of `--explain-connection`: a setting, its value without secrets, and its source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// libpq's keyword.
    pub setting: &'static str,
    /// The value; secrets are replaced by `[hidden]`.
    pub value: String,
    pub source: Source,
    /// Whether it counts, and if not, why.
    pub standing: Standing,
}

/// What became of a value that somebody gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Standing {
    /// It is the one that counts.
    Used,
    /// It counts, and changes nothing: what it is about is not done here.
    WithoutEffect,
    /// A stronger source says something, too.
    Overridden,
    /// A connection string says alone where to connect.
    BesideString,
}
