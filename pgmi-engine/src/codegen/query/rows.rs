//! The rows of a query: one struct, with a struct in it for each group of columns.

use std::fmt::Write;

use super::super::field::RustField;
use super::super::ident::Names;
use super::super::text::{code, doc, literal};
use super::super::types::{Types, VOID};
use super::TYPES;
use crate::signature::{Field, Group, groups};

/// How many columns are read together at most: the longest tuple that is `pgmi::Values`.
const TOGETHER: usize = 12;

/// The struct of a row, and the one that borrows, which may be the same.
pub(super) struct Rows<'a> {
    pub name: String,
    pub borrowed: String,
    entries: Vec<Entry<'a>>,
}

/// A field of the row.
enum Entry<'a> {
    Column(usize, RustField<'a>),
    Group(RowGroup<'a>),
}

/// Columns of a table in a struct of their own.
pub(super) struct RowGroup<'a> {
    pub name: String,
    pub borrowed: String,
    /// The field of the row.
    field: String,
    /// As the SQL calls it.
    sql: &'a str,
    columns: Vec<(usize, RustField<'a>)>,
    /// The place in `columns` of what is NULL where the group is missing.
    witness: Option<usize>,
}

impl<'a> Rows<'a> {
    pub fn new(columns: &'a [Field], item: &str, types: &Types<'_>, names: &mut Names) -> Self {
        let name = names.item(&format!("{item}Row"));
        let entries = entries(columns, item, types, names);
        let borrows = entries.iter().any(Entry::borrows);
        let borrowed = if borrows { names.item(&format!("{item}Ref")) } else { name.clone() };
        Self { name, borrowed, entries }
    }

    /// Whether a row can borrow from what was received.
    pub fn borrow(&self) -> bool {
        self.borrowed != self.name
    }

    pub fn borrowed_type(&self) -> String {
        with_lifetime(&self.borrowed, self.borrow())
    }

    /// All structs. What is borrowed is there to be looked at, and derives little: most queries never need it, and
    /// rustc has each of its implementations to check.
    pub fn structs(&self, out: &mut String, item: &str, types: &Types<'_>) {
        let derive = format!("#[derive({})]\n", types.derives());
        let little = format!("#[derive({})]\n", types.little_derives());
        let mut row = |name: &str, how: &str, derive: &str, of: Of, rust: TypeOf| {
            _ = writeln!(out, "\n/// A row of [`{item}`]{how}.");
            out.push_str(derive);
            match self.entries.is_empty() {
                true => _ = writeln!(out, "pub struct {name};"),
                false => {
                    _ = writeln!(out, "pub struct {name} {{");
                    self.entries.iter().for_each(|it| it.write(out, of, rust));
                    out.push_str("}\n");
                }
            }
        };
        row(&self.name, "", &derive, |it| it.name.clone(), |it| &it.rust.owned);
        if self.borrow() {
            let borrowed = |it: &RowGroup<'_>| with_lifetime(&it.borrowed, it.borrows());
            let how = ", as it was received";
            row(&self.borrowed_type(), how, &little, borrowed, |it| &it.rust.borrowed);
        }
        for group in self.groups() {
            group.structs(out, item, &derive, &little);
        }
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
    pub fn read(&self, out: &mut String, name: NameOf, rust: TypeOf) {
        let owned = name(&RowGroup::named(&self.name, &self.borrowed)).to_owned();
        match self.entries.is_empty() {
            true => {
                _ = writeln!(out, "        let _ = row;\n        Ok({owned})");
            }
            false if self.are_columns() => self.read_together(out, &owned),
            false => {
                _ = writeln!(out, "        Ok({owned} {{");
                self.entries.iter().for_each(|it| it.read(out, name, rust));
                out.push_str("        })\n");
            }
        }
    }

    /// Whether each column is a field by itself, with a value to be read, and can be a variable beside `row`.
    fn are_columns(&self) -> bool {
        self.entries.iter().all(|it| match it {
            Entry::Column(_, field) => field.rust.owned != VOID && field.name != "row",
            Entry::Group(_) => false,
        })
    }

    fn read_together(&self, out: &mut String, name: &str) {
        let fields: Vec<_> = in_order(&self.entries).iter().map(|it| it.name.as_str()).collect();
        for (at, chunk) in fields.chunks(TOGETHER).enumerate() {
            let (chunk, first) = (chunk.join(", "), at * TOGETHER);
            _ = writeln!(out, "        let ({chunk},) = row.values({first})?;");
        }
        _ = writeln!(out, "        Ok({name} {{ {} }})", fields.join(", "));
    }

    fn groups(&self) -> impl Iterator<Item = &RowGroup<'a>> {
        self.entries.iter().filter_map(|it| match it {
            Entry::Group(group) => Some(group),
            Entry::Column(..) => None,
        })
    }
}

/// The owned or the borrowed type of a column.
type TypeOf = for<'f> fn(&'f RustField<'_>) -> &'f str;
/// The name of the owned or the borrowed struct of a group.
type NameOf = for<'f> fn(&'f RowGroup<'_>) -> &'f str;
/// The same with its lifetime.
type Of = fn(&RowGroup<'_>) -> String;

fn with_lifetime(name: &str, borrows: bool) -> String {
    if borrows { format!("{name}<'r>") } else { name.to_owned() }
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

impl Entry<'_> {
    fn borrows(&self) -> bool {
        match self {
            Self::Column(_, field) => field.rust.borrowed != field.rust.owned,
            Self::Group(group) => group.borrows(),
        }
    }

    fn write(&self, out: &mut String, of: Of, rust: TypeOf) {
        match self {
            Self::Column(_, field) => field.write(out, "    ", rust(field)),
            Self::Group(group) => {
                let missing = match group.witness {
                    Some(at) => {
                        format!(": none where {} is NULL", code(&group.columns[at].1.field.name))
                    }
                    None => String::new(),
                };
                doc(out, "    ", &format!("The columns of {}{missing}", code(group.sql)));
                let (open, close) =
                    if group.witness.is_some() { ("Option<", ">") } else { ("", "") };
                _ = writeln!(out, "    pub {}: {open}{}{close},", group.field, of(group));
            }
        }
    }

    fn read(&self, out: &mut String, name: NameOf, rust: TypeOf) {
        match self {
            Self::Column(at, field) => {
                _ = writeln!(out, "            {}: {},", field.name, value(*at, field));
            }
            Self::Group(group) => group.read(out, name(group), rust),
        }
    }
}

fn value(at: usize, field: &RustField<'_>) -> String {
    match field.rust.owned.as_str() {
        VOID => VOID.to_owned(),
        _ => format!("row.get({at})?"),
    }
}

impl<'a> RowGroup<'a> {
    fn new(
        group: &Group<'a>,
        columns: &'a [Field],
        item: &str,
        types: &Types<'_>,
        names: &mut Names,
        fields: &mut Names,
    ) -> Self {
        let name = names.item(&format!("{item}_{}", group.name));
        let mut own = Names::default();
        let can_be_missing = group.witness.is_some();
        let column = |at: &usize| {
            let field = RustField::of_group(&columns[*at], can_be_missing, types, TYPES, &mut own);
            (*at, field)
        };
        let found: Vec<_> = group.columns.iter().map(column).collect();
        let borrows = found.iter().any(|(_, it)| it.rust.borrowed != it.rust.owned);
        let borrowed = if borrows { names.item(&format!("{name}Ref")) } else { name.clone() };
        let witness =
            group.witness.and_then(|witness| group.columns.iter().position(|it| *it == witness));
        let field = fields.field(group.name);
        Self { name, borrowed, field, sql: group.name, columns: found, witness }
    }

    /// One that has names only.
    fn named(name: &str, borrowed: &str) -> Self {
        let (name, borrowed) = (name.to_owned(), borrowed.to_owned());
        let (field, columns) = (String::new(), Vec::new());
        Self { name, borrowed, field, sql: "", columns, witness: None }
    }

    fn borrows(&self) -> bool {
        self.borrowed != self.name
    }

    fn structs(&self, out: &mut String, item: &str, derive: &str, little: &str) {
        let fields: Vec<_> = self.columns.iter().map(|(_, it)| it).collect();
        let mut one = |name: &str, how: &str, derive: &str, rust: TypeOf| {
            _ = writeln!(out, "\n/// {} of a row of [`{item}`]{how}.", code(self.sql));
            out.push_str(derive);
            _ = writeln!(out, "pub struct {name} {{");
            fields.iter().for_each(|it| it.write(out, "    ", rust(it)));
            out.push_str("}\n");
        };
        one(&self.name, "", derive, |it| &it.rust.owned);
        if self.borrows() {
            let name = with_lifetime(&self.borrowed, true);
            one(&name, ", as it was received", little, |it| &it.rust.borrowed);
        }
    }

    fn read(&self, out: &mut String, name: &str, rust: TypeOf) {
        let own = |at: usize, (column, field): &(usize, RustField<'_>)| match self.witness {
            Some(witness) if witness == at && field.name == "it" => "it".to_owned(),
            Some(witness) if witness == at => format!("{}: it", field.name),
            _ => format!("{}: {}", field.name, value(*column, field)),
        };
        let columns: Vec<_> = self.columns.iter().enumerate().map(|(at, it)| own(at, it)).collect();
        let columns = columns.join(", ");
        let field = &self.field;
        match self.witness.map(|at| &self.columns[at]) {
            None => _ = writeln!(out, "            {field}: {name} {{ {columns} }},"),
            Some((at, witness)) => {
                let rust = rust(witness).replace("'r", "'_");
                _ = writeln!(
                    out,
                    "            {field}: match row.get::<Option<{rust}>>({at})? {{
                None => None,
                Some(it) => Some({name} {{ {columns} }}),
            }},"
                );
            }
        }
    }
}
