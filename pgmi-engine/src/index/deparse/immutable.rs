//! What an index may hold: expressions that give the same always.

use super::super::ground::Ground;
use crate::catalog::{Oid, Volatility};
use crate::describe::tree::Expr;

impl Ground<'_> {
    /// Whether every part of an expression is immutable; what CREATE INDEX asks for.
    pub(in crate::index) fn is_immutable(&self, expr: &Expr) -> bool {
        self.least_volatility(expr) == Volatility::Immutable
    }

    /// Whether it can change its result while one statement runs.
    pub(in crate::index) fn is_volatile(&self, expr: &Expr) -> bool {
        self.least_volatility(expr) == Volatility::Volatile
    }

    fn least_volatility(&self, expr: &Expr) -> Volatility {
        let mut worst = Volatility::Immutable;
        expr.visit(0, &mut |inner, _| {
            worst = match (worst, self.own_volatility(inner)) {
                (Volatility::Volatile, _) | (_, Volatility::Volatile) => Volatility::Volatile,
                (Volatility::Stable, _) | (_, Volatility::Stable) => Volatility::Stable,
                _ => Volatility::Immutable,
            }
        });
        worst
    }

    fn own_volatility(&self, expr: &Expr) -> Volatility {
        let of = |function: Oid| {
            let function = self.catalog.function(function);
            function.map_or(Volatility::Volatile, |it| it.volatility)
        };
        match expr {
            Expr::Function { oid, .. } => of(*oid),
            Expr::Operator { function, .. } | Expr::ScalarArray { function, .. } => of(*function),
            Expr::Convert { type_oid, of } => self.conversion(of, *type_oid),
            Expr::Distinct { operator, .. } => {
                self.catalog.operator(*operator).map_or(Volatility::Volatile, |it| of(it.function))
            }
            Expr::NextValue { .. } => Volatility::Volatile,
            Expr::SqlValue { .. }
            | Expr::SubLink { .. }
            | Expr::Other { .. }
            | Expr::Json { .. } => Volatility::Stable,
            _ => Volatility::Immutable,
        }
    }

    /// Through text.
    fn conversion(&self, of: &Expr, to: Oid) -> Volatility {
        let from = of.type_oid().map(|it| self.catalog.base_type(it));
        let writes = from.is_none_or(|it| self.writes_by_settings.contains(&it));
        match writes || self.reads_by_settings.contains(&self.catalog.base_type(to)) {
            true => Volatility::Stable,
            false => Volatility::Immutable,
        }
    }
}
