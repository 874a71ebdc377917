//! What a build script can say.

use std::path::PathBuf;

use pgmi_engine::manifest::CrateSettings;

use crate::compile;

/// What a build script says about the bindings, over what `[package.metadata.pgmi]` says.
///
/// ```no_run
/// pgmi_build::Config::new()
///     .project("database")
///     .parameter("env", "build")
///     .map_type("citext", "String")
///     .derive("serde::Serialize")
///     .compile();
/// ```
///
/// What stands in `Cargo.toml` is seen by `cargo pgmi check` as well; this here is not.
#[derive(Clone, Debug, Default)]
#[must_use = "nothing happens before `compile`"]
pub struct Config {
    settings: CrateSettings,
}

impl Config {
    /// Says nothing: `[package.metadata.pgmi]` holds, else what is usual.
    pub fn new() -> Self {
        Self::default()
    }

    /// The folder of the project, from the crate's own folder; `db` by default.
    pub fn project(mut self, folder: impl Into<PathBuf>) -> Self {
        self.settings.project = Some(folder.into());
        self
    }

    /// The folder of the queries, from the crate's own folder; `queries` of the project by default.
    pub fn queries(mut self, folder: impl Into<PathBuf>) -> Self {
        self.settings.queries = Some(folder.into());
        self
    }

    /// The major version of PostgreSQL that the crate is built for; by default that of the server that is
    /// found.
    pub fn postgres(mut self, major: u16) -> Self {
        self.settings.postgres = Some(major);
        self
    }

    /// A deployment parameter; it wins over `pgmi.yaml`.
    pub fn parameter(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.settings.parameters.insert(key.into(), value.into());
        self
    }

    /// The Rust type of a SQL type (`citext`), a domain (`email`) or a column (`customer.id`).
    ///
    /// It must implement [`FromSql`] and [`ToSql`] for that SQL type, [`Clone`], [`Debug`] and [`PartialEq`].
    ///
    /// [`FromSql`]: https://docs.rs/postgres-types/latest/postgres_types/trait.FromSql.html
    /// [`ToSql`]: https://docs.rs/postgres-types/latest/postgres_types/trait.ToSql.html
    pub fn map_type(mut self, sql: impl Into<String>, rust: impl Into<String>) -> Self {
        self.settings.types.insert(sql.into(), rust.into());
        self
    }

    /// Something that rows and the database's own types derive as well: `serde::Serialize`.
    pub fn derive(mut self, name: impl Into<String>) -> Self {
        self.settings.derives.push(name.into());
        self
    }

    /// Makes the bindings, as [`compile`](crate::compile()) does.
    pub fn compile(self) {
        compile::run(self.settings);
    }
}
