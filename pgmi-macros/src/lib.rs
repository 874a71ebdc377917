//! The macros of [pgmi](https://docs.rs/pgmi), which re-exports them: depend on that crate.
//!
//! A macro opens no database and no network. It reads the project, and what is wrong with it becomes a
//! compiler error.
#![warn(missing_docs)]

mod embed;
mod include;
mod test;

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
#[proc_macro]
pub fn include_queries(_: TokenStream) -> TokenStream {
    include::expand().into()
}

/// A test with a database of its own, which holds the deployed project.
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
#[proc_macro_attribute]
pub fn test(options: TokenStream, item: TokenStream) -> TokenStream {
    test::expand(options.into(), item.into()).into()
}
