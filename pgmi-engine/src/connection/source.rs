//! Where each value came from, so that a wrong one can be found and mended.

use std::fmt;

/// Where the value of a setting came from.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Source {
    /// A command line flag, such as `--host`.
    Flag(&'static str),
    /// A part of the connection string that this flag or variable holds.
    ConnectionString(&'static str),
    /// An environment variable, such as `PGHOST`.
    Variable(&'static str),
    /// The `connection` part of `pgmi.yaml`.
    ProjectFile,
    /// A section of the connection service file.
    ServiceFile,
    /// What applies when nobody says anything.
    BuiltIn,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(name) | Self::Variable(name) => f.write_str(name),
            Self::ConnectionString(name) => write!(f, "the connection string of {name}"),
            Self::ProjectFile => f.write_str("pgmi.yaml"),
            Self::ServiceFile => f.write_str("the connection service file"),
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
}
