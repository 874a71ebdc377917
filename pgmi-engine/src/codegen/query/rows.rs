//! The rows of a query: one struct, with a struct in it for each group of columns. What can be borrowed of a row is a
//! generic parameter of its struct.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::super::field::RustField;
use super::super::ident::Names;
use super::super::text::{doc, literal};
use super::super::types::{Lent, Types, VOID, alias, arguments, bounded, declared};
use super::TYPES;
use super::group::RowGroup;
use crate::signature::{Field, Group, groups};

/// How many columns are read together at most: the longest tuple that is `pgmi::Values`.
const TOGETHER: usize = 12;

/// The struct of a row, and what it is called where it borrows, which may be the same.
pub(super) struct Rows<'a> {
    pub name: String,
    borrowed: String,
    entries: Vec<Entry<'a>>,
    lent: BTreeSet<Lent>,
}

/// A field of the row.
enum Entry<'a> {
    Column(usize, RustField<'a>),
    Group(RowGroup<'a>),
}

impl<'a> Rows<'a> {
    pub fn new(columns: &'a [Field], item: &str, types: &Types<'_>, names: &mut Names) -> Self {
        let name = names.item(&format!("{item}Row"));
        let entries = entries(columns, item, types, names);
        let lent: BTreeSet<_> =
            in_order(&entries).iter().filter_map(|field| field.rust.lent).collect();
        let borrowed =
            if lent.is_empty() { name.clone() } else { names.item(&format!("{item}Ref")) };
        Self { name, borrowed, entries, lent }
    }

    /// Whether a row can borrow from what was received.
    pub fn borrow(&self) -> bool {
        !self.lent.is_empty()
    }

    pub fn borrowed_type(&self) -> String {
        if self.borrow() { format!("{}<'r>", self.borrowed) } else { self.name.clone() }
    }

    /// All structs, and their names where they borrow.
    pub fn structs(&self, out: &mut String, item: &str, types: &Types<'_>) {
        let derive = format!("#[derive({})]\n", types.derives());
        let (name, declared) = (&self.name, declared(&self.lent));
        _ = writeln!(out, "\n/// A row of [`{item}`].");
        for lent in &self.lent {
            doc(out, "", &lent.said(&self.borrowed));
        }
        out.push_str(&derive);
        match self.entries.is_empty() {
            true => _ = writeln!(out, "pub struct {name};"),
            false => {
                _ = writeln!(out, "pub struct {name}{declared} {{");
                self.entries.iter().for_each(|it| it.write(out));
                out.push_str("}\n");
            }
        }
        if self.borrow() {
            _ = writeln!(out, "\n/// A row of [`{item}`], as it was received.");
            alias(out, &self.borrowed, name, &self.lent);
        }
        self.entries.iter().filter_map(Entry::group).for_each(|it| it.structs(out, item, &derive));
    }

    /// What the rows must look like.
    pub fn columns(&self, out: &mut String) {
        for it in in_order(&self.entries) {
            let rust = if it.rust.owned == VOID { "::pgmi::types::Void" } else { &it.rust.owned };
            let (name, sql) = (literal(&it.field.name), literal(&it.sql()));
            _ = writeln!(out, "        ::pgmi::Column::new::<{rust}>({name}, {sql}),");
        }
    }

    /// Reads every column into a field of its own.
    pub fn impl_from_row(&self, out: &mut String) {
        let name = &self.name;
        let argument = if self.entries.is_empty() { "_" } else { "row" };
        let (generics, lifetime) = match self.borrow() {
            true => (format!("<'r, {}>", bounded(&self.lent)), "'r"),
            false => (String::new(), "'_"),
        };
        let reference = if self.borrow() { "&'r " } else { "&" };
        let arguments = arguments(&self.lent);
        _ = writeln!(
            out,
            "
impl{generics} ::pgmi::FromRow<{lifetime}> for {name}{arguments} {{
    fn from_row({argument}: {reference}::pgmi::Row) -> ::pgmi::Result<Self> {{"
        );
        self.read(out);
        out.push_str("    }\n}\n");
    }

    fn read(&self, out: &mut String) {
        if self.entries.is_empty() {
            out.push_str("        Ok(Self)\n");
        } else if self.are_columns() {
            self.read_together(out);
        } else {
            out.push_str("        Ok(Self {\n");
            self.entries.iter().for_each(|it| it.read(out));
            out.push_str("        })\n");
        }
    }

    /// Whether each column is a field by itself, with a value to be read, and can be a variable beside `row`.
    fn are_columns(&self) -> bool {
        self.entries.iter().all(|it| match it {
            Entry::Column(_, field) => field.rust.owned != VOID && field.name != "row",
            Entry::Group(_) => false,
        })
    }

    fn read_together(&self, out: &mut String) {
        let fields: Vec<_> = in_order(&self.entries).iter().map(|it| it.name.as_str()).collect();
        for (at, chunk) in fields.chunks(TOGETHER).enumerate() {
            let (chunk, first) = (chunk.join(", "), at * TOGETHER);
            _ = writeln!(out, "        let ({chunk},) = row.values({first})?;");
        }
        _ = writeln!(out, "        Ok(Self {{ {} }})", fields.join(", "));
    }
}

/// Columns in their order; a group stands where its first column does.
fn entries<'a>(
    columns: &'a [Field],
    item: &str,
    types: &Types<'_>,
    names: &mut Names,
) -> Vec<Entry<'a>> {
    // A group that cannot be was refused when the query was checked; its columns then stand alone.
    let found: Vec<Group<'a>> = groups(columns).into_iter().flatten().collect();
    let mut fields = Names::default();
    let entry = |(at, field): (usize, &'a Field)| {
        let Some(group) = found.iter().find(|it| it.columns.contains(&at)) else {
            return Some(Entry::Column(
                at,
                RustField::new(field, &field.name, types, TYPES, &mut fields),
            ));
        };
        let first = group.columns.first() == Some(&at);
        first.then(|| Entry::Group(RowGroup::new(group, columns, item, types, names, &mut fields)))
    };
    columns.iter().enumerate().filter_map(entry).collect()
}

fn in_order<'e, 'a>(entries: &'e [Entry<'a>]) -> Vec<&'e RustField<'a>> {
    let mut all: Vec<(usize, &RustField<'a>)> = Vec::new();
    for entry in entries {
        match entry {
            Entry::Column(at, field) => all.push((*at, field)),
            Entry::Group(group) => all.extend(group.columns.iter().map(|(at, it)| (*at, it))),
        }
    }
    all.sort_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, field)| field).collect()
}

impl<'a> Entry<'a> {
    fn group(&self) -> Option<&RowGroup<'a>> {
        match self {
            Self::Group(group) => Some(group),
            Self::Column(..) => None,
        }
    }

    fn write(&self, out: &mut String) {
        match self {
            Self::Column(_, field) => field.write(out, "    ", &field.rust.row),
            Self::Group(group) => group.write(out),
        }
    }

    fn read(&self, out: &mut String) {
        match self {
            Self::Column(at, field) => {
                _ = writeln!(out, "            {}: {},", field.name, value(*at, field));
            }
            Self::Group(group) => group.read(out),
        }
    }
}

pub(super) fn value(at: usize, field: &RustField<'_>) -> String {
    match field.rust.owned.as_str() {
        VOID => VOID.to_owned(),
        _ => format!("row.get({at})?"),
    }
}
