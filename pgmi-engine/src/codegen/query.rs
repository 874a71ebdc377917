//! The binding of one query.

use std::fmt::Write;

use super::Binding;
use super::field::RustField;
use super::ident::Names;
use super::text::{code, doc, doc_sql, literal};
use super::types::{Statics, Types, VOID};
use crate::signature::Cardinality;

/// Where the user's types stand, seen from the queries.
pub(super) const TYPES: &str = "types::";

/// A query with all its names.
pub(super) struct Written<'a> {
    binding: Binding<'a>,
    /// None for an inline query, which is told by its place.
    name: Option<&'a str>,
    item: &'a str,
    row: String,
    borrowed: String,
    pub(super) parameters: Vec<RustField<'a>>,
    columns: Vec<RustField<'a>>,
    types: &'a Types<'a>,
}

impl<'a> Written<'a> {
    pub fn new(
        binding: Binding<'a>,
        name: Option<&'a str>,
        item: &'a str,
        types: &'a Types<'a>,
        names: &mut Names,
    ) -> Self {
        let parameters = RustField::all(&binding.signature.parameters, types, TYPES);
        let columns = RustField::all(&binding.signature.columns, types, TYPES);
        let row = names.item(&format!("{item}Row"));
        let borrows = columns.iter().any(|it| it.rust.borrowed != it.rust.owned);
        let borrowed = if borrows { names.item(&format!("{item}Ref")) } else { row.clone() };
        Self { binding, name, item, row, borrowed, parameters, columns, types }
    }

    /// Writes all of it; statics that its parameters need are added.
    pub fn write(&self, out: &mut String, needed: &mut Statics) {
        self.statement(out);
        if self.has_rows() {
            self.row_struct(out, &self.row, "", |it| &it.rust.owned);
            if self.borrows() {
                let name = format!("{}<'r>", self.borrowed);
                self.row_struct(out, &name, ", as it was received", |it| &it.rust.borrowed);
            }
        }
        self.methods(out);
        self.impl_statement(out, needed);
        if self.has_rows() {
            self.impl_query(out);
        }
    }

    fn cardinality(&self) -> Cardinality {
        self.binding.signature.cardinality.value
    }

    fn has_rows(&self) -> bool {
        self.cardinality() != Cardinality::None
    }

    /// Whether a row can borrow from what was received.
    fn borrows(&self) -> bool {
        self.borrowed != self.row
    }

    /// A lifetime where a parameter is a reference.
    pub(super) fn lifetime(&self, lifetime: &'static str) -> &'static str {
        let refers = self.parameters.iter().any(|it| it.rust.parameter.contains("&'a "));
        if refers { lifetime } else { "" }
    }

    fn statement(&self, out: &mut String) {
        let query = self.binding.query;
        out.push('\n');
        if !query.documentation.is_empty() {
            doc(out, "", &query.documentation);
            doc(out, "", "\n");
        }
        let sql = query.source.text().get(query.span_of(1).start..).unwrap_or_default();
        doc_sql(out, "", sql.trim_end());
        if self.name.is_some() {
            doc(out, "", &format!("\n{}", code(query.source.name())));
        }
        out.push_str("#[derive(Clone, Copy, Debug)]\n");
        let item = format!("{}{}", self.item, self.lifetime("<'a>"));
        structure(out, &item, &self.parameters, |it| &it.rust.parameter);
    }

    fn row_struct(
        &self,
        out: &mut String,
        name: &str,
        how: &str,
        rust: impl for<'f> Fn(&'f RustField<'_>) -> &'f str,
    ) {
        _ = writeln!(out, "\n/// A row of [`{}`]{how}.", self.item);
        _ = writeln!(out, "#[derive({})]", self.types.derives());
        structure(out, name, &self.columns, rust);
    }

    fn methods(&self, out: &mut String) {
        _ = writeln!(out, "\nimpl {}{} {{", self.item, self.lifetime("<'_>"));
        let row = &self.row;
        match self.cardinality() {
            Cardinality::None => {
                method(
                    out,
                    "execute",
                    "u64",
                    "execute",
                    "Runs it; gives the number of rows changed.",
                );
                method(out, "fetch", "u64", "execute", "As `execute`.");
            }
            Cardinality::One => {
                method(out, "fetch", row, "one", "Fetches its row.");
            }
            Cardinality::ZeroOrOne => {
                let row = format!("Option<{row}>");
                method(out, "fetch", &row, "optional", "Fetches its row, if there is one.");
            }
            Cardinality::Many => {
                let rows = format!("Vec<{row}>");
                method(out, "fetch", &rows, "many", "Fetches all rows.");
                let stream = "::pgmi::RowStream<Self>";
                method(out, "stream", stream, "stream", "Gives rows as they arrive.");
            }
        }
        if self.borrows() {
            self.fetch_ref(out);
        }
        out.push_str("}\n");
    }

    fn fetch_ref(&self, out: &mut String) {
        let (rows, run) = match self.cardinality() {
            Cardinality::One => ("::pgmi::Received<Self>", "one_ref"),
            Cardinality::ZeroOrOne => ("Option<::pgmi::Received<Self>>", "optional_ref"),
            _ => ("::pgmi::Rows<Self>", "many_ref"),
        };
        method(out, "fetch_ref", rows, run, "As `fetch`, with text and bytes not copied.");
    }

    fn impl_statement(&self, out: &mut String, needed: &mut Statics) {
        let (item, count) = (self.item, self.parameters.len());
        let lifetime = self.lifetime("<'_>");
        let sql = literal(&self.binding.query.sql);
        // The macro that includes an inline query says where it stands.
        let name = self.name.map_or("PLACE".to_owned(), literal);
        _ = writeln!(
            out,
            "
impl ::pgmi::Statement for {item}{lifetime} {{
    const NAME: &'static str = {name};
    const SQL: &'static str = {sql};

    type Parameters<'p> = [::pgmi::Parameter<'p>; {count}] where Self: 'p;

    fn parameters(&self) -> Self::Parameters<'_> {{"
        );
        let parameters = self.parameters.iter().map(|it| {
            let sql_type = self.types.sql_type(it.field, TYPES, needed);
            format!("            (&self.{}, {sql_type}),\n", it.name)
        });
        let parameters: String = parameters.collect();
        match count {
            0 => out.push_str("        []\n"),
            _ => _ = writeln!(out, "        [\n{parameters}        ]"),
        }
        out.push_str("    }\n}\n");
    }

    fn impl_query(&self, out: &mut String) {
        let (item, row) = (self.item, &self.row);
        let lifetime = self.lifetime("<'_>");
        let borrowed = if self.borrows() { format!("{}<'r>", self.borrowed) } else { row.clone() };
        _ = writeln!(
            out,
            "
impl ::pgmi::Query for {item}{lifetime} {{
    const COLUMNS: &'static [::pgmi::Column] = &["
        );
        for it in &self.columns {
            let rust = if it.rust.owned == VOID { "::pgmi::types::Void" } else { &it.rust.owned };
            let (name, sql) = (literal(&it.field.name), literal(&it.sql()));
            _ = writeln!(out, "        ::pgmi::Column::new::<{rust}>({name}, {sql}),");
        }
        _ = writeln!(
            out,
            "    ];

    type Row = {row};
    type Ref<'r> = {borrowed};

    fn row(row: &::pgmi::Row) -> ::pgmi::Result<Self::Row> {{"
        );
        self.read(out, row);
        out.push_str(
            "    }\n\n    fn row_ref(row: &::pgmi::Row) -> ::pgmi::Result<Self::Ref<'_>> {\n",
        );
        match self.borrows() {
            true => self.read(out, &self.borrowed),
            false => out.push_str("        Self::row(row)\n"),
        }
        out.push_str("    }\n}\n");
    }

    /// Reads every column into a field of its own.
    fn read(&self, out: &mut String, row: &str) {
        _ = writeln!(out, "        Ok({row} {{");
        for (at, it) in self.columns.iter().enumerate() {
            let name = &it.name;
            match it.rust.owned.as_str() {
                VOID => _ = writeln!(out, "            {name}: (),"),
                _ => _ = writeln!(out, "            {name}: row.get({at})?,"),
            }
        }
        out.push_str("        })\n");
    }
}

/// `pub struct …`, documented field by field.
fn structure(
    out: &mut String,
    name: &str,
    fields: &[RustField<'_>],
    rust: impl for<'f> Fn(&'f RustField<'_>) -> &'f str,
) {
    if fields.is_empty() {
        _ = writeln!(out, "pub struct {name};");
        return;
    }
    _ = writeln!(out, "pub struct {name} {{");
    fields.iter().for_each(|it| it.write(out, "    ", rust(it)));
    out.push_str("}\n");
}

/// A thin method over a function of `pgmi::run`.
fn method(out: &mut String, name: &str, gives: &str, run: &str, said: &str) {
    let between = if out.ends_with("{\n") { "" } else { "\n" };
    _ = write!(
        out,
        "{between}    /// {said}
    ///
    /// # Errors
    /// [`pgmi::Error`](::pgmi::Error)
    pub async fn {name}(&self, client: &impl ::pgmi::Client) -> ::pgmi::Result<{gives}> {{
        ::pgmi::run::{run}(self, client).await
    }}
"
    );
}
