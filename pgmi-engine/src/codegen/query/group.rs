//! Columns of a table in a struct of their own, which is a field of the row.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::super::field::RustField;
use super::super::ident::Names;
use super::super::text::{code, doc};
use super::super::types::{Lent, Types, alias, arguments, declared};
use super::TYPES;
use super::rows::value;
use crate::signature::{Field, Group};

pub(super) struct RowGroup<'a> {
    name: String,
    /// What it is called where it borrows, if it can.
    borrowed: Option<String>,
    /// The field of the row.
    field: String,
    /// As the SQL calls it.
    sql: &'a str,
    /// Each with its place in the row.
    pub columns: Vec<(usize, RustField<'a>)>,
    /// The place in `columns` of what is NULL where the group is missing.
    witness: Option<usize>,
    lent: BTreeSet<Lent>,
}

impl<'a> RowGroup<'a> {
    pub fn new(
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
        let lent: BTreeSet<_> = found.iter().filter_map(|(_, it)| it.rust.lent).collect();
        let borrowed = (!lent.is_empty()).then(|| names.item(&format!("{name}Ref")));
        let witness =
            group.witness.and_then(|witness| group.columns.iter().position(|it| *it == witness));
        let field = fields.field(group.name);
        Self { name, borrowed, field, sql: group.name, columns: found, witness, lent }
    }

    /// The field of the row.
    pub fn write(&self, out: &mut String) {
        let missing = match self.witness {
            Some(at) => format!(": none where {} is NULL", code(&self.columns[at].1.field.name)),
            None => String::new(),
        };
        doc(out, "    ", &format!("The columns of {}{missing}", code(self.sql)));
        let (open, close) = if self.witness.is_some() { ("Option<", ">") } else { ("", "") };
        let arguments = arguments(&self.lent);
        _ = writeln!(out, "    pub {}: {open}{}{arguments}{close},", self.field, self.name);
    }

    pub fn structs(&self, out: &mut String, item: &str, derive: &str) {
        let (name, sql, declared) = (&self.name, code(self.sql), declared(&self.lent));
        _ = writeln!(out, "\n/// {sql} of a row of [`{item}`].");
        out.push_str(derive);
        _ = writeln!(out, "pub struct {name}{declared} {{");
        self.columns.iter().for_each(|(_, it)| it.write(out, "    ", &it.rust.row));
        out.push_str("}\n");
        if let Some(borrowed) = &self.borrowed {
            _ = writeln!(out, "\n/// {sql} of a row of [`{item}`], as it was received.");
            alias(out, borrowed, name, &self.lent);
        }
    }

    /// The value of the field.
    pub fn read(&self, out: &mut String) {
        let own = |at: usize, (column, field): &(usize, RustField<'_>)| match self.witness {
            Some(witness) if witness == at && field.name == "it" => "it".to_owned(),
            Some(witness) if witness == at => format!("{}: it", field.name),
            _ => format!("{}: {}", field.name, value(*column, field)),
        };
        let columns: Vec<_> = self.columns.iter().enumerate().map(|(at, it)| own(at, it)).collect();
        let columns = columns.join(", ");
        let (field, name) = (&self.field, &self.name);
        match self.witness.map(|at| &self.columns[at]) {
            None => _ = writeln!(out, "            {field}: {name} {{ {columns} }},"),
            Some((at, witness)) => {
                let rust = &witness.rust.row;
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
