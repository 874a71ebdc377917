//! Subqueries in expressions.

use super::super::cardinality::rows;
use super::super::scope::{Proof, Scope, not_null, nullable};
use super::super::tree::{Expr, Query, SubLinkKind};
use super::result;
use crate::signature::Nullability;

impl<'a> Scope<'_, 'a> {
    pub(super) fn judge_sub_link(
        &self,
        kind: SubLinkKind,
        test: Option<&'a Expr>,
        query: &'a Query,
    ) -> Proof {
        match kind {
            SubLinkKind::Exists => not_null("EXISTS is true or false"),
            SubLinkKind::Array => not_null("an array is built, empty for no rows"),
            SubLinkKind::Scalar => self.judge_scalar(query),
            SubLinkKind::Any | SubLinkKind::All => self.judge_membership(test, query),
            _ => nullable("the subquery may find no row"),
        }
    }

    fn judge_scalar(&self, query: &'a Query) -> Proof {
        let scope = Scope::new(self.context, query, Some(self));
        if rows(&scope).least == 0 {
            return nullable("the subquery is NULL when it finds no row");
        }
        result(&scope, 0)
    }

    /// `x IN (SELECT y)` is NULL only where x or some y is.
    fn judge_membership(&self, test: Option<&'a Expr>, query: &'a Query) -> Proof {
        let Some(Expr::Operator { oid, args, .. }) = test else {
            return nullable("the comparison may meet NULL");
        };
        let scope = Scope::new(self.context, query, Some(self));
        let compares = self.catalog().operator(*oid).is_some_and(|it| it.compares)
            && crate::catalog::is_built_in(*oid);
        let never = |arg: &'a Expr| match arg.unlabelled() {
            Expr::SubLinkColumn { column, .. } => column
                .checked_sub(1)
                .is_some_and(|it| result(&scope, it).value == Nullability::NotNull),
            _ => self.never_null(arg),
        };
        match compares && args.iter().all(never) {
            true => not_null("nothing that is compared can be NULL"),
            false => nullable("the comparison may meet NULL"),
        }
    }
}
