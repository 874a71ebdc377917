//! What one calls: thin methods over functions of `pgmi`.

use std::fmt::Write;

use super::Written;
use crate::signature::Cardinality;

/// The feature of `pgmi` with which methods come without async, too.
const BLOCKING: &str = "blocking";

impl Written<'_> {
    pub(super) fn methods(&self, out: &mut String) {
        _ = writeln!(out, "\nimpl {}{} {{", self.item, self.lifetime("<'_>"));
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
            method(out, "stream", "::pgmi::RowStream<Self>", "stream", said);
        }
        if self.has_rows() && self.rows.borrow() {
            self.fetch_ref(out);
        }
        out.push_str("}\n");
    }

    /// With a twin that blocks, where the crate asks for them.
    fn method(&self, out: &mut String, name: &str, gives: &str, run: &str, said: &str) {
        method(out, name, gives, run, said);
        if self.types.asks_for(BLOCKING) {
            blocking_method(out, name, gives, run);
        }
    }

    fn fetch_ref(&self, out: &mut String) {
        let (rows, run) = match self.cardinality() {
            Cardinality::One => ("::pgmi::Received<Self>", "one_ref"),
            Cardinality::ZeroOrOne => ("Option<::pgmi::Received<Self>>", "optional_ref"),
            _ => ("::pgmi::Rows<Self>", "many_ref"),
        };
        method(out, "fetch_ref", rows, run, "As `fetch`, with text and bytes not copied.");
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
        _ = writeln!(out, "\nimpl {}{} {{", self.item, self.lifetime("<'_>"));
        if many {
            _ = write!(
                out,
                "    /// Inserts all rows in one statement, which fails or holds as a whole.{returned}
    ///
    /// # Errors
    /// [`Error`](::pgmi::Error)
    pub async fn insert_many(
        rows: &[Self],
        client: &impl ::pgmi::Client,
    ) -> ::pgmi::Result<{gives}> {{
        ::pgmi::run::{run}(rows, client).await
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
            _ = write!(
                out,
                "{between}    /// Sends all rows with COPY, as the iterator gives them; gives how many there were.
    ///
    /// # Errors
    /// [`Error`](::pgmi::Error)
    pub async fn copy_in(
        rows: impl IntoIterator<Item = Self, IntoIter: Send>,
        client: &impl ::pgmi::Client,
    ) -> ::pgmi::Result<u64> {{
        ::pgmi::run::copy_in(rows, client).await
    }}
"
            );
        }
        out.push_str("}\n");
    }
}

/// A thin method over a function of `pgmi::run`.
fn method(out: &mut String, name: &str, gives: &str, run: &str, said: &str) {
    let between = if out.ends_with("{\n") { "" } else { "\n" };
    _ = write!(
        out,
        "{between}    /// {said}
    ///
    /// # Errors
    /// [`Error`](::pgmi::Error)
    pub async fn {name}(&self, client: &impl ::pgmi::Client) -> ::pgmi::Result<{gives}> {{
        ::pgmi::run::{run}(self, client).await
    }}
"
    );
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
