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
mod unseen;

use proc_macro::TokenStream;

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
    embed::expand(input.into()).into()
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
/// whose text is not copied. `T` is a struct with a field for each column.
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
/// one string literal that stands in a Rust file of the package, and not one that another macro puts together.
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
