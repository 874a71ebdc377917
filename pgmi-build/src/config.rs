//! What a build script can say.

use std::path::PathBuf;

use crate::compile;
use crate::said::Said;

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
/// What stands in `Cargo.toml` is seen by `cargo pgmi check` as well; this here is not. Paths start at the
/// folder of `Cargo.toml`.
#[derive(Clone, Debug, Default)]
#[must_use = "nothing happens before `compile`"]
pub struct Config {
    said: Said,
}

impl Config {
    /// Says nothing: `[package.metadata.pgmi]` holds, else what is usual.
    pub fn new() -> Self {
        Self::default()
    }

    /// The folder of the project; `db` by default.
    pub fn project(mut self, folder: impl Into<PathBuf>) -> Self {
        self.said.settings.project = Some(folder.into());
        self
    }

    /// The folder of the queries that have files; `queries` of the project by default.
    pub fn queries(mut self, folder: impl Into<PathBuf>) -> Self {
        self.said.settings.queries = Some(folder.into());
        self
    }

    /// A folder or a file of Rust in which `query!` and `query_file!` stand. Once one is named, others are not
    /// read.
    ///
    /// By default those of every target: `src`, `tests`, `examples`, `benches`, and where `Cargo.toml` has put
    /// others. A change of anything there runs the build script again, and compiles the crate again; a big
    /// package whose queries stand in few places may want to name them.
    ///
    /// ```no_run
    /// pgmi_build::Config::new().source("src/database").compile();
    /// ```
    pub fn source(mut self, place: impl Into<PathBuf>) -> Self {
        self.said.settings.sources.get_or_insert_default().push(place.into());
        self
    }

    /// Reads no Rust: there is no `query!` and no `query_file!` in the package.
    pub fn no_sources(mut self) -> Self {
        self.said.settings.sources = Some(Vec::new());
        self
    }

    /// The major version of PostgreSQL that the crate is built for; by default that of `pgmi.lock`, else that of
    /// the server that is found.
    pub fn postgres(mut self, major: u16) -> Self {
        self.said.settings.postgres = Some(major);
        self
    }

    /// Where the PostgreSQL that is asked about the queries comes from: `auto` (the default), `local`,
    /// `container`, or a connection string. The variable `PGMI_SERVER` wins over it.
    pub fn server(mut self, server: impl Into<String>) -> Self {
        self.said.server = Some(server.into());
        self
    }

    /// The image of containers, such as `postgis/postgis:17-3.5`; `postgres:<major>` by default.
    pub fn image(mut self, image: impl Into<String>) -> Self {
        self.said.settings.image = Some(image.into());
        self
    }

    /// A deployment parameter; it wins over `pgmi.yaml`.
    pub fn parameter(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.said.settings.parameters.insert(key.into(), value.into());
        self
    }

    /// The Rust type of a SQL type (`citext`), a domain (`email`) or a column (`customer.id`).
    ///
    /// It must implement [`FromSql`] and [`ToSql`] for that SQL type, [`Clone`], [`Debug`] and [`PartialEq`].
    ///
    /// [`FromSql`]: https://docs.rs/postgres-types/latest/postgres_types/trait.FromSql.html
    /// [`ToSql`]: https://docs.rs/postgres-types/latest/postgres_types/trait.ToSql.html
    pub fn map_type(mut self, sql: impl Into<String>, rust: impl Into<String>) -> Self {
        self.said.settings.types.insert(sql.into(), rust.into());
        self
    }

    /// Something that rows and the database's own types derive as well: `serde::Serialize`.
    pub fn derive(mut self, name: impl Into<String>) -> Self {
        self.said.settings.derives.push(name.into());
        self
    }

    /// A feature of `pgmi` that chooses types, such as `with-uuid-1`.
    ///
    /// Those that the crate's own `Cargo.toml` asks for are known. This is for a crate that reaches `pgmi`
    /// through another one.
    pub fn feature(mut self, name: impl Into<String>) -> Self {
        self.said.features.push(name.into());
        self
    }

    /// Makes the bindings, as [`compile`](crate::compile()) does.
    pub fn compile(self) {
        compile::run(&self.said);
    }
}
