//! Every connection keyword, one row each: libpq's name, its variable, other spellings, support.
//!
//! The names and variables are those of
//! [libpq-connect](https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS) and
//! [libpq-envars](https://www.postgresql.org/docs/current/libpq-envars.html).

use super::{Defaults, input::Flags};
use crate::diagnostic::nearest;

/// One connection keyword, and how each source spells it.
#[derive(Debug)]
pub(super) struct Keyword {
    pub(super) name: &'static str,
    /// The command line flag that stands for it.
    pub(super) flag: Option<Flag>,
    /// The environment variable that stands for it.
    pub(super) variable: Option<&'static str>,
    /// Its key in `connection` of `pgmi.yaml`.
    pub(super) yaml: Option<fn(&Defaults) -> Option<String>>,
    /// Spellings of ADO.NET, sqlx and others, as [`fold`] leaves them.
    aliases: &'static [&'static str],
    pub(super) support: Support,
}

/// A flag's name, and where its value is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Flag {
    pub(super) name: &'static str,
    pub(super) value: fn(&Flags) -> Option<&String>,
}

/// What becomes of a keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Support {
    /// It has its effect.
    Used,
    /// It has its effect, and its value is never shown.
    UsedInSecret,
    /// It changes nothing that matters here; accepted so that a string made for others works.
    Ignored,
    /// Ignoring it could make a connection less safe than the user asked for, or lead elsewhere.
    Refused,
}

const fn keyword(
    name: &'static str,
    variable: &'static str,
    aliases: &'static [&'static str],
    support: Support,
) -> Keyword {
    let variable = if variable.is_empty() { None } else { Some(variable) };
    Keyword { name, flag: None, variable, yaml: None, aliases, support }
}

impl Keyword {
    const fn flag(self, name: &'static str, value: fn(&Flags) -> Option<&String>) -> Self {
        Self { flag: Some(Flag { name, value }), ..self }
    }

    const fn yaml(self, value: fn(&Defaults) -> Option<String>) -> Self {
        Self { yaml: Some(value), ..self }
    }
}

use Support::{Ignored, Refused, Used, UsedInSecret};

#[rustfmt::skip]
pub(super) const KEYWORDS: &[Keyword] = &[
    keyword("host", "PGHOST", &["server"], Used)
        .flag("--host", |it| it.host.as_ref())
        .yaml(|it| it.host.clone()),
    keyword("hostaddr", "PGHOSTADDR", &[], Used),
    keyword("port", "PGPORT", &[], Used)
        .flag("--port", |it| it.port.as_ref())
        .yaml(|it| it.port.map(|port| port.to_string())),
    keyword("dbname", "PGDATABASE", &["database", "initialcatalog", "db"], Used)
        .flag("--database", |it| it.database.as_ref())
        .yaml(|it| it.database.clone()),
    keyword("user", "PGUSER", &["username", "userid", "uid"], Used)
        .flag("--username", |it| it.username.as_ref())
        .yaml(|it| it.username.clone()),
    keyword("password", "PGPASSWORD", &["pwd", "psw"], UsedInSecret),
    keyword("passfile", "PGPASSFILE", &[], Used),
    keyword("service", "PGSERVICE", &[], Used),
    keyword("sslmode", "PGSSLMODE", &[], Used)
        .flag("--sslmode", |it| it.sslmode.as_ref())
        .yaml(|it| it.sslmode.clone()),
    keyword("sslnegotiation", "PGSSLNEGOTIATION", &[], Used),
    keyword("sslcert", "PGSSLCERT", &["sslcertificate"], Used)
        .flag("--sslcert", |it| it.sslcert.as_ref())
        .yaml(|it| it.sslcert.clone()),
    keyword("sslkey", "PGSSLKEY", &[], Used)
        .flag("--sslkey", |it| it.sslkey.as_ref())
        .yaml(|it| it.sslkey.clone()),
    keyword("sslpassword", "PGSSLPASSWORD", &[], UsedInSecret),
    keyword("sslrootcert", "PGSSLROOTCERT", &["rootcertificate", "sslca"], Used)
        .flag("--sslrootcert", |it| it.sslrootcert.as_ref())
        .yaml(|it| it.sslrootcert.clone()),
    keyword("ssl_min_protocol_version", "PGSSLMINPROTOCOLVERSION", &[], Used),
    keyword("ssl_max_protocol_version", "PGSSLMAXPROTOCOLVERSION", &[], Used),
    keyword("channel_binding", "PGCHANNELBINDING", &[], Used),
    keyword("application_name", "PGAPPNAME", &[], Used),
    keyword("fallback_application_name", "", &[], Used),
    keyword("connect_timeout", "PGCONNECT_TIMEOUT", &["timeout", "connectiontimeout"], Used),
    keyword("options", "PGOPTIONS", &[], Used),
    keyword("target_session_attrs", "PGTARGETSESSIONATTRS", &["targetsessionattributes"], Used),
    keyword("load_balance_hosts", "PGLOADBALANCEHOSTS", &[], Used),
    keyword("keepalives", "", &["tcpkeepalive"], Used),
    keyword("keepalives_idle", "", &[], Used),
    keyword("keepalives_interval", "", &[], Used),
    keyword("keepalives_count", "", &["keepalivesretries"], Used),
    keyword("tcp_user_timeout", "", &[], Used),
    keyword("sslcrl", "PGSSLCRL", &[], Refused),
    keyword("sslcrldir", "PGSSLCRLDIR", &[], Refused),
    keyword("requirepeer", "PGREQUIREPEER", &[], Refused),
    keyword("require_auth", "PGREQUIREAUTH", &[], Refused),
    keyword("replication", "", &[], Refused),
    // GSSAPI is not built in, so a connection is never encrypted by it; `require` is refused.
    keyword("gssencmode", "PGGSSENCMODE", &[], Used),
    keyword("krbsrvname", "PGKRBSRVNAME", &["kerberosservicename"], Ignored),
    keyword("gsslib", "PGGSSLIB", &[], Ignored),
    keyword("gssdelegation", "PGGSSDELEGATION", &[], Ignored),
    keyword("sslcompression", "PGSSLCOMPRESSION", &[], Ignored),
    keyword("sslsni", "PGSSLSNI", &[], Ignored),
    keyword("sslcertmode", "PGSSLCERTMODE", &[], Ignored),
    keyword("min_protocol_version", "PGMINPROTOCOLVERSION", &[], Ignored),
    keyword("max_protocol_version", "PGMAXPROTOCOLVERSION", &[], Ignored),
    // Everything the engine sends and reads is UTF-8.
    keyword("client_encoding", "PGCLIENTENCODING", &["encoding"], Ignored),
    // Npgsql and sqlx: about their pools and caches. Certificates are only verified when asked to be.
    keyword("trustservercertificate", "", &[], Ignored),
    keyword("includeerrordetail", "", &[], Ignored),
    keyword("pooling", "", &[], Ignored),
    keyword("minpoolsize", "", &["minimumpoolsize"], Ignored),
    keyword("maxpoolsize", "", &["maximumpoolsize"], Ignored),
    keyword("commandtimeout", "", &[], Ignored),
    keyword("statementcachecapacity", "", &[], Ignored),
];

/// Finds a keyword by libpq's name or another spelling; case, spaces, `-` and `_` do not matter.
pub(super) fn find(text: &str) -> Option<&'static Keyword> {
    let folded = fold(text);
    KEYWORDS
        .iter()
        .find(|keyword| fold(keyword.name) == folded || keyword.aliases.contains(&folded.as_str()))
}

/// The keyword a misspelt one was probably meant to be.
pub(super) fn closest(text: &str) -> Option<&'static str> {
    let text = text.to_ascii_lowercase();
    let near = |keyword: &&Keyword| keyword.support != Ignored && text.len() > 2;
    nearest(&text, KEYWORDS.iter().filter(near).map(|keyword| keyword.name))
}

fn fold(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, ' ' | '-' | '_')).collect::<String>().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_every_spelling() {
        for (text, name) in [
            ("host", "host"),
            ("Server", "host"),
            ("Initial Catalog", "dbname"),
            ("User Id", "user"),
            ("Uid", "user"),
            ("Pwd", "password"),
            ("SSL Mode", "sslmode"),
            ("ssl-mode", "sslmode"),
            ("Root Certificate", "sslrootcert"),
            ("SSL Root Cert", "sslrootcert"),
            ("SSL Password", "sslpassword"),
            ("Application Name", "application_name"),
            ("Timeout", "connect_timeout"),
            ("Connect Timeout", "connect_timeout"),
        ] {
            assert_eq!(find(text).map(|keyword| keyword.name), Some(name), "{text}");
        }
        assert!(find("hots").is_none());
    }

    #[test]
    fn suggests_only_what_is_near() {
        assert_eq!(closest("hots"), Some("host"));
        assert_eq!(closest("sslmod"), Some("sslmode"));
        assert_eq!(closest("aplication_name"), Some("application_name"));
        assert_eq!(closest("s3cret"), None);
        assert_eq!(closest("h"), None);
    }

    #[test]
    fn no_spelling_stands_for_two_keywords() {
        let mut all: Vec<String> = KEYWORDS
            .iter()
            .flat_map(|k| k.aliases.iter().map(ToString::to_string).chain([fold(k.name)]))
            .collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }
}
