//! The binding of one query.

mod batch;
mod group;
mod methods;
mod rows;

use std::fmt::Write;

use super::Binding;
use super::field::RustField;
use super::ident::Names;
use super::text::{code, doc, doc_sql, literal};
use super::types::{Statics, Types};
use crate::signature::Cardinality;

use rows::Rows;

/// Where the user's types stand, seen from the queries.
pub(in crate::codegen) const TYPES: &str = "types::";

/// A query with all its names.
pub(super) struct Written<'a> {
    binding: Binding<'a>,
    /// None for an inline query, which is told by its place.
    name: Option<&'a str>,
    item: &'a str,
    pub(in crate::codegen) parameters: Vec<RustField<'a>>,
    rows: Rows<'a>,
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
        let rows = Rows::new(&binding.signature.columns, item, types, names);
        Self { binding, name, item, parameters, rows, types }
    }

    /// Writes all of it; statics that its parameters need are added.
    pub fn write(&self, out: &mut String, needed: &mut Statics) {
        self.statement(out);
        if self.has_rows() {
            self.rows.structs(out, self.item, self.types);
        }
        self.methods(out);
        self.impl_statement(out, needed);
        if self.has_rows() {
            self.impl_query(out);
        }
        if self.binding.signature.idempotent {
            let (item, lifetime) = (self.item, self.lifetime("<'_>"));
            _ = writeln!(out, "\nimpl ::pgmi::Idempotent for {item}{lifetime} {{}}");
        }
        self.batch(out);
    }

    fn cardinality(&self) -> Cardinality {
        self.binding.signature.cardinality.value
    }

    fn has_rows(&self) -> bool {
        self.cardinality() != Cardinality::None
    }

    /// A lifetime where a parameter is a reference.
    pub(in crate::codegen) fn lifetime(&self, lifetime: &'static str) -> &'static str {
        let refers = self.parameters.iter().any(|it| it.rust.parameter.contains("&'a "));
        if refers { lifetime } else { "" }
    }

    /// It derives nothing: what is called once is not copied, a parameter may be a secret that should not be printed,
    /// and of all that is generated rustc spends most of its time on derives.
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
        self.why_no_batch(out);
        let item = format!("{}{}", self.item, self.lifetime("<'a>"));
        structure(out, &item, &self.parameters, |it| &it.rust.parameter);
    }

    fn impl_statement(&self, out: &mut String, needed: &mut Statics) {
        let (item, count) = (self.item, self.parameters.len());
        let lifetime = self.lifetime("<'_>");
        let sql = literal(&self.binding.query.sql);
        // The macro that includes an inline query says where it stands.
        let name = self.name.map_or("PLACE".to_owned(), literal);
        let cardinality = match self.cardinality() {
            Cardinality::None => "NoRows",
            Cardinality::One => "One",
            Cardinality::ZeroOrOne => "ZeroOrOne",
            Cardinality::Many => "Many",
        };
        _ = writeln!(
            out,
            "
impl ::pgmi::Statement for {item}{lifetime} {{
    const NAME: &'static str = {name};
    const SQL: &'static str = {sql};

    type Cardinality = ::pgmi::{cardinality};
    type Parameters = ::pgmi::Parameters<{count}>;

    fn parameters(&self) -> [::pgmi::Parameter<'_>; {count}] {{"
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
        let (item, rows) = (self.item, &self.rows);
        let lifetime = self.lifetime("<'_>");
        _ = writeln!(
            out,
            "
impl ::pgmi::Query for {item}{lifetime} {{
    const COLUMNS: &'static [::pgmi::Column] = &["
        );
        rows.columns(out);
        _ = writeln!(
            out,
            "    ];

    type Row = {};
    type Ref<'r> = {};
}}",
            rows.name,
            rows.borrowed_type()
        );
        rows.impl_from_row(out);
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
