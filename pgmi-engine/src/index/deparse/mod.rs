//! From an analysed expression back to SQL, for the key and the predicate of an index.
//!
//! What it writes is read by PostgreSQL before anybody else sees it: an index that cannot be created, or that no
//! query uses, is not proposed.

mod constant;
mod immutable;
mod loose;

pub use constant::literal;

use super::ground::{Ground, NameKind};
use super::quoted;
use crate::catalog::Oid;
use crate::describe::tree::{BoolOp, BoolTest, Expr, Var};

const TEXT: Oid = 25;
const VARCHAR: Oid = 1043;
const CONFIGURATION: Oid = 3734;
const JSON: Oid = 114;
const JSONB: Oid = 3802;

impl Ground<'_> {
    /// An expression over the columns of one table as SQL; none for what an index cannot hold or we cannot write.
    pub(super) fn sql(&self, relation: Oid, expr: &Expr) -> Option<String> {
        Writer { ground: self, relation, others: None }.write(expr)
    }

    /// An expression as a report names it; `others` says which relation the columns of other tables are of.
    pub(super) fn shown(&self, relation: Oid, expr: &Expr, others: Others<'_>) -> String {
        let writer = Writer { ground: self, relation, others: Some(others) };
        writer.write(expr).unwrap_or_else(|| UNSAID.to_owned())
    }
}

/// The relation that a column is of.
type Others<'o> = &'o dyn Fn(&Var) -> Option<Oid>;

/// Stands in a report for what has no words.
const UNSAID: &str = "…";

struct Writer<'s, 'a> {
    ground: &'s Ground<'a>,
    relation: Oid,
    /// In reports alone: there everything has some word.
    others: Option<Others<'s>>,
}

impl Writer<'_, '_> {
    fn write(&self, expr: &Expr) -> Option<String> {
        let written = self.exact(expr);
        let Some(others) = self.others else { return written };
        let column = |var: &Var| {
            let relation = self.ground.catalog.relation(others(var)?)?;
            let column = relation.column(var.attribute)?;
            Some(format!("{}.{}", quoted(&relation.name), quoted(&column.name)))
        };
        let sketched = || match expr {
            Expr::Var(var) => column(var),
            other => self.sketch(other),
        };
        written.or_else(sketched).or_else(|| Some(UNSAID.to_owned()))
    }

    fn exact(&self, expr: &Expr) -> Option<String> {
        match expr {
            Expr::Var(var) if var.relation == 1 => self.column(var.attribute),
            Expr::Const { .. } => self.constant(expr),
            // In reports only: an index holds no parameter.
            Expr::Param { number, .. } => Some(format!("${number}")),
            Expr::Function { .. } => self.call(expr),
            Expr::Operator { oid, args, .. } => self.operator(*oid, args),
            Expr::Relabel { type_oid, of, collation: 0 } => self.relabel(*type_oid, of),
            Expr::Relabel { of, collation, .. } => {
                let collation = self.ground.name(NameKind::Collation, *collation)?;
                Some(format!("{} collate {collation}", self.operand(of)?))
            }
            Expr::Convert { type_oid, of } => self.cast(of, *type_oid),
            Expr::Coalesce { args, .. } => Some(format!("coalesce({})", self.list(args)?)),
            Expr::NullIf { args, .. } => Some(format!("nullif({})", self.list(args)?)),
            Expr::Array { type_oid, elements, .. } => {
                Some(format!("array[{}]::{}", self.list(elements)?, self.type_name(*type_oid)?))
            }
            Expr::Subscript { container, indexes, slice: false, assigned: None, .. } => {
                let mut sql = self.enclosed(container)?;
                for index in indexes {
                    sql.push_str(&format!("[{}]", self.write(index)?));
                }
                Some(sql)
            }
            _ => self.condition(expr),
        }
    }

    /// What is true or false.
    fn condition(&self, expr: &Expr) -> Option<String> {
        match expr {
            Expr::Bool { op: BoolOp::Not, args } => match &args[..] {
                [Expr::SubLink { .. }] => None,
                [Expr::Distinct { args, .. }] => self.distinct(args, "is not distinct from"),
                [only] => Some(format!("not {}", self.operand(only)?)),
                _ => None,
            },
            Expr::Bool { op, args } => {
                let word = if *op == BoolOp::And { " and " } else { " or " };
                let args = args.iter().map(|arg| match arg {
                    Expr::Bool { .. } => self.enclosed(arg),
                    _ => self.write(arg),
                });
                Some(args.collect::<Option<Vec<_>>>()?.join(word))
            }
            Expr::NullTest { of, is_null, row: false } => {
                let word = if *is_null { "null" } else { "not null" };
                Some(format!("{} is {word}", self.operand(of)?))
            }
            Expr::BoolTest { of, test } => {
                let word = match test {
                    BoolTest::True => "true",
                    BoolTest::NotTrue => "not true",
                    BoolTest::False => "false",
                    BoolTest::NotFalse => "not false",
                    BoolTest::Unknown => "unknown",
                    BoolTest::NotUnknown => "not unknown",
                };
                Some(format!("{} is {word}", self.operand(of)?))
            }
            Expr::ScalarArray { operator, any, args, .. } => {
                let [left, right] = &args[..] else { return None };
                let word = if *any { "any" } else { "all" };
                let operator = self.operator_name(*operator)?;
                Some(format!("{} {operator} {word} ({})", self.operand(left)?, self.write(right)?))
            }
            Expr::Distinct { args, .. } => self.distinct(args, "is distinct from"),
            Expr::Case { of: None, arms, otherwise, .. } => {
                let mut sql = "case".to_owned();
                for (condition, result) in arms {
                    let (condition, result) = (self.write(condition)?, self.write(result)?);
                    sql.push_str(&format!(" when {condition} then {result}"));
                }
                if let Some(otherwise) = otherwise {
                    sql.push_str(&format!(" else {}", self.write(otherwise)?));
                }
                Some(format!("{sql} end"))
            }
            _ => None,
        }
    }

    fn distinct(&self, args: &[Expr], words: &str) -> Option<String> {
        let [left, right] = args else { return None };
        Some(format!("{} {words} {}", self.operand(left)?, self.operand(right)?))
    }

    fn column(&self, number: i32) -> Option<String> {
        let relation = self.ground.catalog.relation(self.relation)?;
        Some(quoted(&relation.column(number)?.name))
    }

    fn constant(&self, expr: &Expr) -> Option<String> {
        let Expr::Const { type_oid, value } = expr else { return None };
        let name = self.type_name(*type_oid)?;
        if value.is_none() {
            return Some(format!("null::{name}"));
        }
        let text = literal(self.ground, expr)?;
        Some(match &*name {
            "boolean" => if text == "t" { "true" } else { "false" }.to_owned(),
            "integer" if !text.starts_with('-') => text,
            "numeric" if !text.starts_with('-') && text.contains('.') => text,
            _ => format!("{}::{name}", string(&text)),
        })
    }

    fn call(&self, expr: &Expr) -> Option<String> {
        let Expr::Function { oid, args, type_oid, variadic: false, .. } = expr else { return None };
        let function = self.ground.catalog.function(*oid)?;
        let is_cast = self
            .ground
            .catalog
            .type_of(*type_oid)
            .is_some_and(|it| it.name == function.name && it.schema == function.schema);
        // A second argument of a cast is its type modifier.
        if let ([arg], true) = (&args[..], is_cast) {
            return self.cast(arg, *type_oid);
        }
        let name = match &*function.schema {
            "pg_catalog" if is_cast => format!("pg_catalog.\"{}\"", function.name),
            "pg_catalog" => quoted(&function.name),
            schema => format!("{}.{}", quoted(schema), quoted(&function.name)),
        };
        let args = args.iter().map(|arg| self.argument(arg)).collect::<Option<Vec<_>>>()?;
        Some(format!("{name}({})", args.join(", ")))
    }

    /// A string or the name of a configuration is recognised by the function itself.
    fn argument(&self, expr: &Expr) -> Option<String> {
        match expr {
            Expr::Const { type_oid: TEXT | CONFIGURATION, value: Some(_) } => {
                Some(string(&literal(self.ground, expr)?))
            }
            _ => self.write(expr),
        }
    }

    fn operator(&self, oid: Oid, args: &[Expr]) -> Option<String> {
        let name = self.operator_name(oid)?;
        match args {
            [only] => Some(format!("{name} {}", self.operand(only)?)),
            [left, right] => {
                Some(format!("{} {name} {}", self.beside(left, right)?, self.beside(right, left)?))
            }
            _ => None,
        }
    }

    /// One operand. A text beside something that has that type needs no cast.
    fn beside(&self, expr: &Expr, other: &Expr) -> Option<String> {
        let Expr::Const { type_oid, value: Some(_) } = expr else { return self.operand(expr) };
        let other_type = other.unlabelled().type_oid();
        let is_text =
            *type_oid == TEXT && matches!(other_type, Some(TEXT | VARCHAR | JSON | JSONB));
        let is_label = other_type == Some(*type_oid) && self.is_enum(*type_oid);
        match (is_text || is_label) && !matches!(other, Expr::Const { .. }) {
            true => Some(string(&literal(self.ground, expr)?)),
            false => self.operand(expr),
        }
    }

    fn is_enum(&self, type_oid: Oid) -> bool {
        let found = self.ground.catalog.type_of(type_oid);
        found.is_some_and(|it| matches!(it.kind, crate::catalog::Kind::Enum { .. }))
    }

    fn operator_name(&self, oid: Oid) -> Option<String> {
        let operator = self.ground.catalog.operator(oid)?;
        Some(match self.ground.name(NameKind::Operator, oid) {
            None => operator.name.clone(),
            Some(schema) => format!("operator({schema}.{})", operator.name),
        })
    }

    /// PostgreSQL puts in what is needed between character types.
    fn relabel(&self, type_oid: Oid, of: &Expr) -> Option<String> {
        match (type_oid, of.type_oid()) {
            (TEXT, Some(VARCHAR)) => self.write(of),
            _ => self.cast(of, type_oid),
        }
    }

    fn cast(&self, of: &Expr, type_oid: Oid) -> Option<String> {
        let name = self.type_name(type_oid)?;
        // A word that is read as the type right away.
        if let Expr::Const { .. } = of
            && let Some(text) = literal(self.ground, of)
        {
            return Some(format!("{}::{name}", string(&text)));
        }
        Some(format!("{}::{name}", self.operand(of)?))
    }

    fn type_name(&self, oid: Oid) -> Option<String> {
        let found = self.ground.catalog.type_of(oid)?;
        Some(match &*found.schema {
            "pg_catalog" => self.ground.name(NameKind::Type, oid)?.to_owned(),
            schema => match found.kind {
                crate::catalog::Kind::Array { element } => {
                    format!("{}[]", self.type_name(element)?)
                }
                _ => format!("{}.{}", quoted(schema), quoted(&found.name)),
            },
        })
    }

    fn list(&self, exprs: &[Expr]) -> Option<String> {
        let parts = exprs.iter().map(|expr| self.write(expr));
        Some(parts.collect::<Option<Vec<_>>>()?.join(", "))
    }

    /// In parentheses unless it cannot be misread without.
    fn operand(&self, expr: &Expr) -> Option<String> {
        match expr {
            Expr::Var(_)
            | Expr::Const { .. }
            | Expr::Param { .. }
            | Expr::Coalesce { .. }
            | Expr::NullIf { .. }
            | Expr::Function { .. }
            | Expr::Convert { .. }
            | Expr::Relabel { collation: 0, .. } => self.write(expr),
            _ => self.enclosed(expr),
        }
    }

    fn enclosed(&self, expr: &Expr) -> Option<String> {
        match expr {
            Expr::Var(_) => self.write(expr),
            _ => Some(format!("({})", self.write(expr)?)),
        }
    }
}

/// A string as SQL, the same whatever `standard_conforming_strings` is.
pub(super) fn string(text: &str) -> String {
    let quoted = format!("'{}'", text.replace('\'', "''"));
    match text.contains('\\') {
        true => format!("E{}", quoted.replace('\\', "\\\\")),
        false => quoted,
    }
}
