//! One side of a comparison, seen from one table: what an index could hold, or what it is compared with.

use super::super::block::{TableId, table_of, tables_of};
use super::classify::{BTREE, View};
use super::{Key, Refused, Value};
use crate::catalog::{Kind, Oid};
use crate::describe::tree::{Expr, Var};

/// One side of a comparison.
pub(super) enum Side {
    /// An expression over this table alone, for an index to hold.
    Key(Key),
    Value(Value),
    /// Of this table, and nothing that an index could hold.
    Unusable(Refused),
}

impl View<'_> {
    /// What a side of a comparison under a collation is.
    pub fn side(&self, expr: &Expr, collation: Oid) -> Side {
        if !self.mentions(expr) {
            return Side::Value(self.value(expr));
        }
        let bare = self.bare(expr);
        let only = tables_of(bare).iter().all(|table| *table == self.table);
        let has_other = bare.contains(|it| {
            matches!(
                it,
                Expr::Param { .. } | Expr::SubLink { .. } | Expr::Aggregate(_) | Expr::Window(_)
            )
        });
        if !only || has_other {
            return Side::Unusable(self.mixed(expr));
        }
        let over = self.over_one(bare);
        if !self.ground.is_immutable(&over) {
            return Side::Unusable(self.changing(&over));
        }
        if matches!(&over, Expr::Var(var) if var.attribute <= 0) {
            return Side::Unusable(Refused {
                reason: "a system column has no index".into(),
                rewrite: None,
            });
        }
        let Some(type_oid) = over.type_oid() else { return Side::Unusable(self.mixed(expr)) };
        let usual = self.usual_collation(&over);
        let is_text = self.is_text(type_oid);
        let collation = if collation == usual || !is_text { 0 } else { collation };
        let (class, descending, nulls_first) = (0, false, false);
        Side::Key(Key { expr: over, type_oid, class, collation, descending, nulls_first })
    }

    /// Without what changes the type but not what an index makes of it, and without COLLATE: `varchar` is kept and
    /// compared as `text`, `citext` is not.
    fn bare<'e>(&self, expr: &'e Expr) -> &'e Expr {
        let Expr::Relabel { of, type_oid, collation } = expr else { return expr };
        let family = |type_oid| self.ground.default_class(BTREE, type_oid).map(|it| it.family);
        let inner = of.type_oid().unwrap_or_default();
        let is_array = |it| {
            matches!(self.ground.catalog.type_of(it).map(|it| &it.kind), Some(Kind::Array { .. }))
        };
        match *collation != 0
            || self.ground.catalog.base_type(inner) == *type_oid
            || family(inner) == family(*type_oid)
            || is_array(inner)
        {
            true => self.bare(of),
            false => expr,
        }
    }

    /// Whether values are compared under a collation.
    fn is_text(&self, type_oid: Oid) -> bool {
        let base = self.ground.catalog.base_type(type_oid);
        let is_citext = || self.ground.catalog.type_of(base).is_some_and(|it| it.name == "citext");
        matches!(base, 19 | 25 | 1042 | 1043) || is_citext()
    }

    /// The collation that the column or the expression has by itself.
    pub fn usual_collation(&self, expr: &Expr) -> Oid {
        match expr {
            Expr::Var(var) => self.ground.collation_of(self.relation, var.attribute),
            Expr::Function { collation, .. } | Expr::Operator { collation, .. }
                if *collation != 0 =>
            {
                *collation
            }
            _ => {
                let inner = expr.children().into_iter().map(|it| self.usual_collation(it));
                inner.into_iter().find(|it| *it != 0).unwrap_or(100)
            }
        }
    }

    fn value(&self, expr: &Expr) -> Value {
        let joined: Vec<TableId> =
            tables_of(expr).into_iter().filter(|it| self.block.tables.contains(it)).collect();
        let is_literal = !expr
            .contains(|it| matches!(it, Expr::Param { .. } | Expr::SubLink { .. } | Expr::Var(_)));
        match joined.is_empty() {
            false => Value::Joined(joined),
            true if is_literal && self.ground.is_immutable(expr) => Value::Literal,
            true => Value::Given,
        }
    }

    /// An expression with this table as relation 1, the way the catalog keeps those of indexes.
    pub fn over_one(&self, expr: &Expr) -> Expr {
        let mut copy = expr.clone();
        copy.change(0, &mut |inner, _| {
            if let Expr::Var(var) = inner
                && table_of(var) == Some(self.table)
            {
                var.relation = 1;
            }
        });
        copy
    }

    /// What a condition over this table is called in a report.
    pub fn shown(&self, expr: &Expr) -> String {
        let others = |var: &Var| self.tables.get(table_of(var)?)?.relation;
        self.ground.shown(self.relation, expr, &others)
    }
}
