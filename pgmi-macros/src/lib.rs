#![doc = include_str!("../README.md")]
#![warn(missing_docs)]

mod arguments;
mod embed;
mod include;
mod literal;
mod parameters;
mod query;
mod refusal;
mod sources;
mod sql_tests;
mod test;
mod unseen;

use proc_macro::TokenStream;
use syn::{LitStr, parse_macro_input};

/// Puts a project into the program: `embed!("db")` is an `Embedded` with every file of that folder.
///
/// The path starts at the folder of the crate's `Cargo.toml`. The project is checked as a deployment would
/// check it before it connects: every finding is a compiler error, all in one run. The value can stand in a
/// `static`.
///
/// Cargo compiles the crate again when a file of the project changes. A file that is new is noticed when
/// something else is compiled, or at once with a build script that calls `pgmi_build::check("db")`.
#[proc_macro]
pub fn embed(input: TokenStream) -> TokenStream {
    embed::expand(&parse_macro_input!(input as LitStr)).into()
}

/// The bindings of the project's queries, which a build script with `pgmi_build::compile()` has made:
///
/// ```ignore
/// mod db {
///     pgmi::include_queries!();
/// }
/// ```
///
/// Each file `queries/<name>.sql` is a struct with the query's parameters, `db::SelectAlbum { id: 7 }`, and with
/// the methods `fetch` or `execute`; its row is `db::SelectAlbumRow`. The database's own enums and composite types
/// are in `db::types`, also those that only a `query!` of the crate mentions.
#[proc_macro]
pub fn include_queries(_: TokenStream) -> TokenStream {
    include::expand().into()
}

/// A query where it is needed:
///
/// ```ignore
/// let albums = pgmi::query!("select id, name from album where released > $since", since)
///     .fetch(&client)
///     .await?;
/// for album in albums {
///     println!("{} {}", album.id, album.name);
/// }
/// ```
///
/// The value is what a file's binding is too: `fetch` gives `T`, `Option<T>` or `Vec<T>` as PostgreSQL proves how
/// many rows there can be, `execute` the number of rows changed, `stream` rows as they arrive, and `fetch_ref` rows
/// whose text is not copied. `T` is a struct with a field for each column. Calling one of them takes the query with it,
/// which a file's binding lends.
///
/// # Parameters
///
/// `$name` or `:name` in the SQL is a parameter; behind the SQL stands its value: `name = expression`, or `name`
/// for the variable of that name. In any order, and once for a parameter that the SQL mentions twice. With `$1`,
/// `$2` … they are told by their order and need no names.
///
/// ```ignore
/// pgmi::query!("update album set name = $name where id = $id", id, name = title.trim()).execute(&client).await?;
/// ```
///
/// Text, bytes, arrays and composite values are taken by reference, whether you write a `&` or not: a `String` can
/// be used again. Where NULL means something to PostgreSQL, a value, an `Option` and `None` will do; elsewhere
/// there is no `Option`.
///
/// # What it needs
///
/// A build script that calls `pgmi_build::compile()`. It reads the package's Rust files, asks PostgreSQL about each
/// query, or `pgmi.lock`, and leaves the answers for this macro, which opens nothing but them. So the SQL must be
/// one string literal that stands in a Rust file of the package, and not one that another macro puts together. It
/// may stand in the arguments of other macros, such as `tokio::join!` and `assert_eq!`. Comments are not read: a
/// doctest can use a query that stands in the code, too, and the bindings of files.
/// What PostgreSQL has against a query is an error of the compiler at the literal, with its message, its hint and
/// the place in the SQL.
#[proc_macro]
pub fn query(input: TokenStream) -> TokenStream {
    query::expand(input.into()).into()
}

/// As [`query!`], with the SQL in a file of its own:
///
/// ```ignore
/// let totals = pgmi::query_file!("reports/totals.sql", from, to).fetch(&client).await?;
/// ```
///
/// The path starts at the folder of the crate's `Cargo.toml`. The file holds one statement. A file in the folder
/// of queries has a name and a binding already, which `include_queries!` makes.
#[proc_macro]
pub fn query_file(input: TokenStream) -> TokenStream {
    query::expand_file(input.into()).into()
}

/// A test with a database of its own, in which the project is deployed.
///
/// ```ignore
/// #[pgmi::test]
/// async fn an_order_is_placed(db: pgmi::TestDatabase) -> Result<(), Box<dyn std::error::Error>> {
///     db.execute("call sales.place_order(1)", &[]).await?;
///     let row = db.query_one("select count(*) from sales.orders", &[]).await?;
///     assert_eq!(row.get::<_, i64>(0), 1);
///     Ok(())
/// }
/// ```
///
/// The project is that of the crate: `project` of `[package.metadata.pgmi]`, else `db`. It is deployed once for
/// each of its states, as `cargo pgmi deploy` would do it, into a PostgreSQL that is found or started
/// (`PGMI_SERVER`, `server` of `[package.metadata.pgmi]`). Tests get copies of that database, made ahead of time
/// by a process that runs beside them and ends when they have; so it costs next to nothing to have one, under
/// `cargo test` as under `cargo nextest`.
///
/// # What the function looks like
///
/// It may be async or not, and return anything that a test may return. What it takes is told by type:
///
/// | | |
/// |---|---|
/// | `TestDatabase` | in an async test: the database with a `tokio_postgres::Client`, on which queries run |
/// | `TestDatabase<postgres::Client>` | the same without async |
/// | `tokio_postgres::Client`, `postgres::Client` | a client, and no more |
///
/// Several parameters are several connections to the same database. `#[ignore]`, `#[should_panic]`, `#[cfg]` and
/// lints work as they do with `#[test]`. The runtime is tokio's.
///
/// # Options
///
/// | | |
/// |---|---|
/// | `rollback` | no database of its own: the test is one transaction that is rolled back, in a database that it shares only with those before and after it. Cheapest under `cargo test`, where the connection is shared, too; `cargo nextest` has a process, and so a connection, for each test. `COMMIT` and transactions of the client's own make it fail; sequences stay where they got to, also in the next run |
/// | `fixtures("albums", "users")` | files that are brought in after the project, in this order: SQL is executed, CSV is copied into the table of its name (`music.albums.csv`) by the columns of its first line. A name is that of a file in `fixtures/` beside the source file, else in `fixtures/` of the project; with a slash it is a path from the source file. Each combination is made once and copied from then on |
/// | `parameters(env = "test")` | deployment parameters; they win over those of `Cargo.toml` and `pgmi.yaml` |
/// | `project = "other/db"` | another project, from the crate's folder |
/// | `flavor = "multi_thread"`, `worker_threads = 2` | the runtime, as in `#[tokio::test]` |
///
/// # When it fails
///
/// The database is kept for an hour, and the message says how to look at it:
///
/// ```text
/// the database of this test is kept for an hour: psql 'host=… dbname=pgmi_…'
/// ```
///
/// With `rollback` what the test did is committed then, and kept. `PGMI_KEEP=1` keeps the database of every test,
/// `PGMI_KEEP=0` that of none. A project that cannot be deployed fails every test that needs it; one of them
/// says why, with file and line, the others say which.
///
/// # What tests share
///
/// Databases belong to a server, and so do roles, tablespaces, and what `ALTER SYSTEM` sets: tests that run at the
/// same time see each other's. Create roles where they are missing, under names that no other project has;
/// what a test changes about a role with `IN DATABASE`, and `SET ROLE`, concerns nobody else.
#[proc_macro_attribute]
pub fn test(options: TokenStream, item: TokenStream) -> TokenStream {
    test::expand(options.into(), &item.into()).into()
}

/// A test for each SQL test file of the project, with the fixtures of its folder and of those above:
///
/// ```ignore
/// // tests/sql.rs
/// pgmi::sql_tests!();
/// ```
///
/// Each is named by its path: `__test__/sales/test_cart.sql` is `__test__::sales::test_cart`, so that filters,
/// `cargo nextest` and the buttons of an editor work on them. They mean what they mean in
/// `cargo pgmi test`, and fail with the same words: file, line, and what PostgreSQL said.
///
/// The project is that of the crate; `sql_tests!("other/db")` names another one, and
/// `sql_tests!("db", parameters(env = "test"))` gives deployment parameters.
///
/// The crate is compiled anew when a test file changes. One that is new is noticed when something else is compiled, at
/// once with a build script that calls `pgmi_build::check("db")` or `pgmi_build::compile()`; and until then
/// the test `every_sql_test_is_compiled` fails and names it.
#[proc_macro]
pub fn sql_tests(input: TokenStream) -> TokenStream {
    sql_tests::expand(&parse_macro_input!(input as sql_tests::SqlTests)).into()
}
