//! The tools, and the crate that each of them is used in.

use std::fmt::Write;

use super::queries::{Mark, Query};

/// The crate with the queries, where that is not the one with the functions.
const QUERIES: &str = "queries";

/// Who takes turns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tool {
    /// Queries in files, `include_queries!`.
    Pgmi,
    /// The same in a crate of their own, which the functions' crate depends on.
    PgmiApart,
    /// Queries in Rust, `query!`.
    PgmiInline,
    SqlxOnline,
    SqlxOffline,
    Bsql,
    Cornucopia,
}

pub(crate) const TOOLS: [Tool; 7] = [
    Tool::SqlxOnline,
    Tool::SqlxOffline,
    Tool::Bsql,
    Tool::Cornucopia,
    Tool::Pgmi,
    Tool::PgmiApart,
    Tool::PgmiInline,
];

impl Tool {
    pub fn name(self) -> &'static str {
        match self {
            Self::Pgmi => "pgmi, files",
            Self::PgmiApart => "pgmi, files, own crate",
            Self::PgmiInline => "pgmi, `query!`",
            Self::SqlxOnline => "sqlx, online",
            Self::SqlxOffline => "sqlx, offline",
            Self::Bsql => "bsql",
            Self::Cornucopia => "cornucopia",
        }
    }

    /// The name of its crate.
    pub fn krate(self) -> &'static str {
        match self {
            Self::Pgmi => "with-pgmi",
            Self::PgmiApart => "with-pgmi-apart",
            Self::PgmiInline => "with-pgmi-inline",
            Self::SqlxOnline => "with-sqlx-online",
            Self::SqlxOffline => "with-sqlx-offline",
            Self::Bsql => "with-bsql",
            Self::Cornucopia => "with-cornucopia",
        }
    }

    pub fn is_pgmi(self) -> bool {
        matches!(self, Self::Pgmi | Self::PgmiApart | Self::PgmiInline)
    }

    /// Whether SQL stands in files of its own.
    pub fn has_files(self) -> bool {
        matches!(self, Self::Pgmi | Self::PgmiApart | Self::Cornucopia)
    }

    /// The folder in its crate where the queries are, which may be a crate itself.
    pub fn queries(self) -> &'static str {
        if self == Self::PgmiApart { QUERIES } else { "." }
    }

    /// What the crate with the queries depends on; `address` is where pgmi is. Like the others it comes without TLS,
    /// and without containers, which are most of what Cargo has to look at in each call.
    pub fn pgmi(address: &str) -> String {
        format!(
            "chrono = '0.4'\nserde_json = '1'\nuuid = '1'\n\
             pgmi = {{ git = '{address}', features = ['with-chrono-0_4', 'with-serde_json-1', 'with-uuid-1'] }}\n\
             tokio-postgres = '0.7'\n\n[build-dependencies]\npgmi-build = {{ git = '{address}', default-features = false, features = ['server'] }}\n"
        )
    }

    /// What its crate depends on; `address` is where pgmi is.
    pub fn dependencies(self, address: &str) -> String {
        let own = match self {
            Self::Pgmi | Self::PgmiInline => return Self::pgmi(address),
            Self::PgmiApart => format!(
                "{QUERIES}.path = '{QUERIES}'\npgmi.git = '{address}'\ntokio-postgres = '0.7'\n"
            ),
            Self::SqlxOnline | Self::SqlxOffline => {
                "sqlx = { version = '0.9', default-features = false, features = ['chrono', 'json', 'macros', 'postgres', 'runtime-tokio', 'uuid'] }\n".to_owned()
            }
            // Its macros mention bsql-core.
            Self::Bsql => {
                "bsql = { version = '0.27', features = ['chrono', 'uuid'] }\nbsql-core = '0.27'\n".to_owned()
            }
            Self::Cornucopia => {
                "cornucopia.path = 'cornucopia'\ntokio-postgres = '0.7'\n".to_owned()
            }
        };
        format!("chrono = '0.4'\nserde_json = '1'\nuuid = '1'\n{own}")
    }

    /// A module with a function for each of these queries.
    pub fn module(self, queries: &[&Query]) -> String {
        let mut out = String::from("//! Functions as people write them.\n");
        for query in queries {
            let (client, error) = match self {
                Self::SqlxOnline | Self::SqlxOffline => ("sqlx::PgPool", "sqlx::Error"),
                Self::Bsql => ("bsql::Pool", "bsql::BsqlError"),
                Self::Pgmi | Self::PgmiApart | Self::PgmiInline => {
                    ("tokio_postgres::Client", "pgmi::Error")
                }
                Self::Cornucopia => ("tokio_postgres::Client", "tokio_postgres::Error"),
            };
            _ = writeln!(
                out,
                "\npub async fn {}(client: &{client}{}) -> Result<(), {error}> {{\n    {};\n    Ok(())\n}}",
                query.name(),
                self.arguments(query),
                self.call(query)
            );
        }
        out
    }

    fn arguments(self, query: &Query) -> String {
        let arguments = query.arguments();
        match self {
            Self::Cornucopia => arguments.replace("<chrono::Utc>", "<chrono::FixedOffset>"),
            Self::Bsql => arguments.replace("&serde_json::Value", "&str"),
            _ => arguments,
        }
    }

    fn call(self, query: &Query) -> String {
        let rows = query.has_rows;
        match self {
            Self::Pgmi | Self::PgmiApart => {
                let fields: Vec<_> = query.parameters.iter().map(|it| it.field).collect();
                let value = match fields.is_empty() {
                    true => String::new(),
                    false => format!(" {{ {} }}", fields.join(", ")),
                };
                let module = if self == Self::Pgmi { "crate::db" } else { QUERIES };
                let name = format!("{module}::Query{:04}{value}", query.number);
                run(&name, rows, "fetch(client)", "execute(client)")
            }
            Self::PgmiInline => {
                let (sql, values) = (query.written(Mark::Dollar), query.values(""));
                run(
                    &format!("pgmi::query!(\"{sql}\"{values})"),
                    rows,
                    "fetch(client)",
                    "execute(client)",
                )
            }
            Self::SqlxOnline | Self::SqlxOffline => {
                let (sql, values) = (query.written(Mark::Number), query.values(""));
                run(
                    &format!("sqlx::query!(\"{sql}\"{values})"),
                    rows,
                    "fetch_all(client)",
                    "execute(client)",
                )
            }
            Self::Bsql => {
                let sql = query.written(Mark::Typed).replace("&serde_json::Value", "&str");
                run(
                    &format!("bsql::query!(\"{sql}\")"),
                    rows,
                    "fetch_all(client)",
                    "execute(client)",
                )
            }
            Self::Cornucopia => {
                let (module, name, values) = (query.module(), query.name(), query.values("&"));
                let bound = format!(
                    "cornucopia::queries::thing_{module:03}::{name}().bind(client{values})"
                );
                match rows {
                    true => format!("let _rows = {bound}.all().await?"),
                    false => format!("{bound}.await?"),
                }
            }
        }
    }

    /// The files with SQL, each with its path in the crate.
    pub fn files(self, queries: &[Query]) -> Vec<(String, String)> {
        let written = |it: &Query, mark| it.written(mark);
        match self {
            Self::Pgmi | Self::PgmiApart => {
                let path = |it: &Query| format!("{}/db/queries/{}.sql", self.queries(), it.name());
                queries.iter().map(|it| (path(it), written(it, Mark::Dollar))).collect()
            }
            Self::Cornucopia => {
                let mut files: Vec<(String, String)> = Vec::new();
                for query in queries {
                    let path = format!("queries/thing_{:03}.sql", query.module());
                    let sql = format!("--! {}\n{};\n\n", query.name(), written(query, Mark::Colon));
                    match files.last_mut() {
                        Some((last, text)) if *last == path => text.push_str(&sql),
                        _ => files.push((path, sql)),
                    }
                }
                files
            }
            _ => Vec::new(),
        }
    }
}

fn run(value: &str, has_rows: bool, rows: &str, execute: &str) -> String {
    match has_rows {
        true => format!("let _rows = {value}.{rows}.await?"),
        false => format!("{value}.{execute}.await?"),
    }
}
