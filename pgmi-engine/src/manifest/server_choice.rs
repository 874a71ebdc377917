//! Where a PostgreSQL to work in comes from.

use std::fmt;
use std::str::FromStr;

use serde::Deserialize;

use crate::diagnostic::nearest;

/// `server` of `[package.metadata.pgmi]`, or `PGMI_SERVER`.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum ServerChoice {
    /// Programs of this machine, else a container.
    #[default]
    Auto,
    /// Programs of this machine.
    Local,
    /// A container.
    Container,
    /// The server that a connection string leads to.
    Given(String),
}

const WORDS: [&str; 3] = ["auto", "local", "container"];

impl FromStr for ServerChoice {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.trim() {
            "auto" => Ok(Self::Auto),
            "local" => Ok(Self::Local),
            "container" => Ok(Self::Container),
            // Whatever else has one of these is for the connection's settings to judge.
            text if text.contains("://") || text.contains('=') => Ok(Self::Given(text.to_owned())),
            text => Err(match nearest(text, WORDS) {
                Some(near) => format!("no server is called `{text}`; did you mean `{near}`?"),
                None => "write auto, local, container or a connection string".to_owned(),
            }),
        }
    }
}

impl TryFrom<String> for ServerChoice {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

/// A connection string may hold a password.
impl fmt::Debug for ServerChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Auto => "Auto",
            Self::Local => "Local",
            Self::Container => "Container",
            Self::Given(_) => "Given([hidden])",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_or_a_connection_string() {
        assert_eq!("auto".parse(), Ok(ServerChoice::Auto));
        for given in ["postgresql://u@h/d", "host=/tmp port=5433", "Host=h;Username=u"] {
            assert_eq!(given.parse(), Ok(ServerChoice::Given(given.to_owned())));
        }
        assert!("docker".parse::<ServerChoice>().unwrap_err().contains("container"));
        assert!("s3cret".parse::<ServerChoice>().is_err_and(|said| !said.contains("s3cret")));
        let given: ServerChoice = "postgresql://u:s3cret@h".parse().unwrap();
        assert!(!format!("{given:?}").contains("s3cret"));
    }
}
