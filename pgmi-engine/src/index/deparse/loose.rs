//! An expression as a report names it: what cannot be written for an index has a word or `…` in its place.

use super::Writer;
use crate::describe::tree::{BoolOp, Expr, SubLinkKind};

impl Writer<'_, '_> {
    /// What [`Writer::write`] has no words for.
    pub(super) fn sketch(&self, expr: &Expr) -> Option<String> {
        Some(match expr {
            Expr::Bool { op: BoolOp::Not, args } => match &args[..] {
                [Expr::SubLink { kind: SubLinkKind::Any, test: Some(test), .. }] => {
                    self.within(test, "not in")?
                }
                [only @ Expr::SubLink { .. }] => format!("not {}", self.write(only)?),
                _ => return None,
            },
            Expr::SubLink { kind, test, .. } => match (kind, test) {
                (SubLinkKind::Exists, _) => "exists (select …)".to_owned(),
                (SubLinkKind::Any, Some(test)) => self.within(test, "in")?,
                (SubLinkKind::Array, _) => "array(select …)".to_owned(),
                _ => "(select …)".to_owned(),
            },
            Expr::RowCompare { operators, left, right } => {
                let name = self.operator_name(*operators.first()?)?;
                format!("({}) {name} ({})", self.list(left)?, self.list(right)?)
            }
            Expr::Function { .. } => self.loose_call(expr)?,
            _ => return None,
        })
    }

    /// `a in (select …)`
    fn within(&self, test: &Expr, word: &str) -> Option<String> {
        let first = test.conjuncts().into_iter().next()?.clone();
        let Expr::Operator { oid, args, .. } = &first else { return None };
        let left = self.operand(args.first()?)?;
        match &*self.operator_name(*oid)? {
            "=" => Some(format!("{left} {word} (select …)")),
            other => Some(format!("{left} {other} any (select …)")),
        }
    }

    fn loose_call(&self, expr: &Expr) -> Option<String> {
        let Expr::Function { oid, args, .. } = expr else { return None };
        let function = self.ground.catalog.function(*oid)?;
        Some(format!("{}({})", super::quoted(&function.name), self.list(args)?))
    }
}
