//! What one calls: thin methods over functions of `pgmi`.

use std::fmt::Write;

use super::Written;
use crate::signature::Cardinality;

/// The feature of `pgmi` with which methods come without async, too.
const BLOCKING: &str = "blocking";

impl Written<'_> {
    pub(super) fn methods(&self, out: &mut String) {
        let lifetime = self.lifetime("<'a>");
        _ = writeln!(out, "\nimpl{lifetime} {}{lifetime} {{", self.item);
        let row = &self.rows.name;
        let (gives, run, said) = match self.cardinality() {
            Cardinality::None => {
                let said = "Runs it; gives the number of rows changed.";
                self.method(out, "execute", "u64", "execute", said);
                ("u64".to_owned(), "execute", "As `execute`.")
            }
            Cardinality::One => (row.clone(), "one", "Fetches its row."),
            Cardinality::ZeroOrOne => {
                (format!("Option<{row}>"), "optional", "Fetches its row, if there is one.")
            }
            Cardinality::Many => (format!("Vec<{row}>"), "many", "Fetches all rows."),
        };
        self.method(out, "fetch", &gives, run, said);
        if self.cardinality() == Cardinality::Many {
            let said = "Gives rows as they arrive.";
            self.async_method(out, "stream", "::pgmi::RowStream<Self>", "stream", said);
        }
        if self.has_rows() && self.rows.borrow() {
            self.fetch_ref(out);
        }
        out.push_str("}\n");
    }

    /// With a twin that blocks, where the crate asks for them.
    fn method(&self, out: &mut String, name: &str, gives: &str, run: &str, said: &str) {
        self.async_method(out, name, gives, run, said);
        if self.types.asks_for(BLOCKING) {
            blocking_method(out, name, gives, run);
        }
    }

    /// A thin method over a function of `pgmi::run`, whose future it hands on: one of its own (`async fn`) takes rustc
    /// several times as long to check.
    ///
    /// A query that has a name can be called again. One of `query!` goes with its future, so that both can stand in
    /// `tokio::join!`, which outlives what has no name.
    fn async_method(&self, out: &mut String, name: &str, gives: &str, run: &str, said: &str) {
        let between = if out.ends_with("{\n") { "" } else { "\n" };
        let future = self.future(gives, "C");
        let receiver = if self.name.is_some() { "&'c self" } else { "self" };
        _ = write!(
            out,
            "{between}    /// {said}
    pub fn {name}<'c, C: ::pgmi::Client>({receiver}, client: &'c C) -> {future} {{
        ::pgmi::run::{run}::<Self>(self, client)
    }}
"
        );
    }

    /// A future that captures all there is, as that of an `async fn` does in every edition. That it is `Send` is said
    /// and not left to be found out: see `pgmi::run`.
    fn future(&self, gives: &str, generics: &str) -> String {
        let own = if self.lifetime("<'a>").is_empty() { "" } else { "'a, " };
        format!(
            "impl ::core::future::Future<Output = ::pgmi::Result<{gives}>> + Send + use<{own}'c, {generics}>"
        )
    }

    fn fetch_ref(&self, out: &mut String) {
        let (rows, run) = match self.cardinality() {
            Cardinality::One => ("::pgmi::Received<Self>", "one_ref"),
            Cardinality::ZeroOrOne => ("Option<::pgmi::Received<Self>>", "optional_ref"),
            _ => ("::pgmi::Rows<Self>", "many_ref"),
        };
        self.async_method(
            out,
            "fetch_ref",
            rows,
            run,
            "As `fetch`, with text and bytes not copied.",
        );
    }

    /// The methods for many rows.
    pub(super) fn batch_methods(&self, out: &mut String, many: bool, copy: bool) {
        let (gives, run, returned) = match self.has_rows() {
            true => (
                format!("Vec<{}>", self.rows.name),
                "insert_many_returning",
                "\n    /// Gives what it returns of each that was inserted, in the order in which PostgreSQL does; it does\n    /// not promise that this is the order of `rows`.",
            ),
            false => ("u64".to_owned(), "insert_many", ""),
        };
        let lifetime = self.lifetime("<'a>");
        _ = writeln!(out, "\nimpl{lifetime} {}{lifetime} {{", self.item);
        if many {
            let future = self.future(&gives, "C");
            _ = write!(
                out,
                "    /// Inserts all rows in one statement, which fails or holds as a whole.{returned}
    pub fn insert_many<'c, C: ::pgmi::Client>(
        rows: &'c [Self],
        client: &'c C,
    ) -> {future} {{
        ::pgmi::run::{run}(rows, client)
    }}
"
            );
        }
        if many && self.types.asks_for(BLOCKING) {
            _ = write!(
                out,
                "
    /// As `insert_many`, without async.
    ///
    /// # Errors
    /// [`Error`](::pgmi::Error)
    pub fn insert_many_blocking(
        rows: &[Self],
        client: &mut impl ::pgmi::blocking::Client,
    ) -> ::pgmi::Result<{gives}> {{
        ::pgmi::blocking::{run}(rows, client)
    }}
"
            );
        }
        if copy {
            let between = if many { "\n" } else { "" };
            let future = self.future("u64", "R, C");
            _ = write!(
                out,
                "{between}    /// Sends all rows with COPY, as the iterator gives them; gives how many there were.
    pub fn copy_in<'c, R: IntoIterator<Item = Self, IntoIter: Send>, C: ::pgmi::Client>(
        rows: R,
        client: &'c C,
    ) -> {future} {{
        ::pgmi::run::copy_in(rows, client)
    }}
"
            );
        }
        out.push_str("}\n");
    }
}

fn blocking_method(out: &mut String, name: &str, gives: &str, run: &str) {
    _ = write!(
        out,
        "
    /// As `{name}`, without async.
    ///
    /// # Errors
    /// [`Error`](::pgmi::Error)
    pub fn {name}_blocking(&self, client: &mut impl ::pgmi::blocking::Client) -> ::pgmi::Result<{gives}> {{
        ::pgmi::blocking::{run}(self, client)
    }}
"
    );
}
