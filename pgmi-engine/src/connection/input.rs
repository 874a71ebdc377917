//! What the doors hand over: flags, environment and project defaults, all as plain values.

use std::{collections::BTreeMap, fmt};

/// The connection flags of the command line, as they were typed.
#[derive(Clone, Default)]
pub struct Flags {
    /// `--connection`: a URI, a libpq `key=value` string or an ADO.NET string.
    pub connection: Option<String>,
    /// Who gave `connection`, where that was not `--connection`: a flag or a variable by its name, or `the program`.
    pub connection_from: Option<&'static str>,
    /// `--host`, `-h`.
    pub host: Option<String>,
    /// `--port`, `-p`.
    pub port: Option<String>,
    /// `--username`, `-U`.
    pub username: Option<String>,
    /// `--database`, `-d`.
    pub database: Option<String>,
    /// `--sslmode`.
    pub sslmode: Option<String>,
    /// `--sslcert`.
    pub sslcert: Option<String>,
    /// `--sslkey`.
    pub sslkey: Option<String>,
    /// `--sslrootcert`.
    pub sslrootcert: Option<String>,
    /// `--maintenance-db`.
    pub maintenance_database: Option<String>,
}

/// The environment of the process, handed in by the door; an empty value counts as not set.
///
/// Besides PostgreSQL's own variables
/// ([libpq-envars](https://www.postgresql.org/docs/current/libpq-envars.html)) it holds `HOME` or
/// `APPDATA` (where `.pgpass` and certificates live) and `USER` or `USERNAME` (the default user).
#[derive(Clone, Default)]
pub struct Environment {
    variables: BTreeMap<String, String>,
    env_file: BTreeMap<String, String>,
}

impl Environment {
    /// The value of a variable that is set and not empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        let value = self.variables.get(name).or_else(|| self.env_file.get(name));
        value.map(String::as_str).filter(|value| !value.is_empty())
    }

    /// The same environment with the variables of the project's `.env` behind it: one that the process has,
    /// even an empty one, is not looked up there.
    #[must_use]
    pub fn with_env_file<N: Into<String>, V: Into<String>>(
        mut self,
        variables: impl IntoIterator<Item = (N, V)>,
    ) -> Self {
        let variables = variables.into_iter().map(|(name, value)| (name.into(), value.into()));
        self.env_file.extend(variables);
        self
    }

    /// Whether a variable comes from the project's `.env`.
    pub(super) fn is_of_env_file(&self, name: &str) -> bool {
        !self.variables.contains_key(name) && self.env_file.contains_key(name)
    }

    /// What the `.env` says of a variable that the process has, too.
    pub(super) fn passed_over(&self, name: &str) -> Option<&str> {
        let value = self.env_file.get(name).filter(|_| self.variables.contains_key(name));
        value.map(String::as_str).filter(|value| !value.is_empty())
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for Environment {
    fn from_iter<T: IntoIterator<Item = (N, V)>>(variables: T) -> Self {
        let variables = variables.into_iter().map(|(name, value)| (name.into(), value.into()));
        Self { variables: variables.collect(), env_file: BTreeMap::new() }
    }
}

/// Names only: any value may be a secret.
impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.variables.keys().chain(self.env_file.keys())).finish()
    }
}

/// The connection string may hold a password.
impl fmt::Debug for Flags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Flags")
            .field("connection", &self.connection.as_ref().map(|_| "[hidden]"))
            .field("host", &self.host)
            .field("port", &self.port)
            .field("username", &self.username)
            .field("database", &self.database)
            .field("sslmode", &self.sslmode)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_hides_what_may_be_secret() {
        let flags = Flags { connection: Some("password=s3cret".into()), ..Flags::default() };
        let environment = Environment::from_iter([("PGPASSWORD", "s3cret")]);
        let shown = format!("{flags:?} {environment:?}");
        assert!(!shown.contains("s3cret"), "{shown}");
        assert!(shown.contains("PGPASSWORD"), "{shown}");
    }

    #[test]
    fn a_variable_of_the_process_hides_that_of_the_file() {
        let process = Environment::from_iter([("PGHOST", ""), ("PGUSER", "u")]);
        let both = process.with_env_file([("PGHOST", "file"), ("PGPORT", "1"), ("PGUSER", "f")]);
        assert_eq!(both.get("PGHOST"), None);
        assert_eq!((both.get("PGPORT"), both.is_of_env_file("PGPORT")), (Some("1"), true));
        assert_eq!((both.get("PGUSER"), both.passed_over("PGUSER")), (Some("u"), Some("f")));
    }

    #[test]
    fn an_empty_variable_is_not_set() {
        assert_eq!(Environment::from_iter([("PGHOST", "")]).get("PGHOST"), None);
    }
}
