//! Enums, composite types and domains of their own, which are generated once for all queries.

use std::fmt::Write;

use super::field::RustField;
use super::ident::Names;
use super::text::{code, literal};
use super::types::{RustType, Statics, Types, statics};
use crate::signature::{Field, Spelling, TypeKind};

/// The module `types`; nothing where no query mentions one.
pub(super) fn module(out: &mut String, types: &Types<'_>, needed: &Statics) {
    let mut items = String::new();
    for (definition, item) in types.own() {
        let name = Spelling::exact(&definition.name).to_string();
        match &definition.kind {
            TypeKind::Enum { labels } => {
                enumeration(&mut items, types, item, &name, &definition.name.name, labels);
            }
            TypeKind::Composite { fields } => {
                composite(&mut items, types, item, &name, &definition.name.name, fields);
            }
            TypeKind::Domain { .. } => {
                if let Some(inside) = types.inside(&definition.name) {
                    new_type(&mut items, types, item, &name, &definition.name.name, &inside);
                }
            }
            _ => {}
        }
    }
    items.push_str(&statics(needed));
    if !items.is_empty() {
        _ = write!(
            out,
            "\n/// The types of the database that queries mention.\npub mod types {{{items}}}\n"
        );
    }
}

fn enumeration(
    out: &mut String,
    types: &Types<'_>,
    item: &str,
    shown: &str,
    name: &str,
    labels: &[String],
) {
    let mut names = Names::default();
    let variants: Vec<_> = labels.iter().map(|label| (names.item(label), label)).collect();
    let derives = types.derives_with(&[
        "Clone",
        "Copy",
        "Debug",
        "PartialEq",
        "Eq",
        "PartialOrd",
        "Ord",
        "Hash",
    ]);
    _ = writeln!(
        out,
        "
    /// The enum {}.
    #[derive({derives})]
    pub enum {item} {{",
        code(shown)
    );
    for (variant, label) in &variants {
        _ = writeln!(out, "        /// {}\n        {variant},", code(label));
    }
    _ = writeln!(out, "    }}\n\n    ::pgmi::enum_type!({item}, {}, [", literal(name));
    for (variant, label) in &variants {
        _ = writeln!(out, "        {variant} => {},", literal(label));
    }
    out.push_str("    ]);\n");
}

fn new_type(
    out: &mut String,
    types: &Types<'_>,
    item: &str,
    shown: &str,
    name: &str,
    inside: &RustType,
) {
    let copy = if inside.parameter == inside.owned { "Copy, " } else { "" };
    let (derives, owned, name) = (types.derives(), &inside.owned, literal(name));
    _ = write!(
        out,
        "
    /// The domain {}.
    #[derive({copy}{derives})]
    pub struct {item}(pub {owned});

    ::pgmi::domain_type!({item}, {owned}, {name});
",
        code(shown)
    );
}

fn composite(
    out: &mut String,
    types: &Types<'_>,
    item: &str,
    shown: &str,
    name: &str,
    fields: &[Field],
) {
    let fields = RustField::all(fields, types, "");
    _ = writeln!(
        out,
        "
    /// The composite type {}.
    #[derive({})]
    pub struct {item} {{",
        code(shown),
        types.derives()
    );
    fields.iter().for_each(|it| it.write(out, "        ", &it.rust.owned));
    _ = writeln!(out, "    }}\n\n    ::pgmi::composite_type!({item}, {}, [", literal(name));
    for it in &fields {
        _ = writeln!(out, "        {}: {} => {},", it.name, it.rust.owned, literal(&it.field.name));
    }
    out.push_str("    ]);\n");
}
