//! One conjunct of WHERE or ON. `EXISTS` and `IN` join their subquery in.

use super::lower::{Apart, Lowering, Source};
use super::simple::{is_merged, is_select};
use super::{Block, Condition, TableId, column};
use crate::describe::tree::{BoolOp, Expr, Query, SubLinkKind};

/// Where a conjunct stands, and which tables it restricts.
pub(super) struct Place<'p> {
    pub scope: usize,
    pub restricts: &'p [TableId],
}

impl<'a> Lowering<'_, 'a> {
    pub(super) fn condition(
        &mut self,
        block: &mut Block,
        place: &Place<'_>,
        conjunct: &'a Expr,
        apart: &mut Vec<Apart<'a>>,
    ) {
        match conjunct {
            Expr::SubLink { kind: SubLinkKind::Exists, query, .. } if is_joined(query) => {
                self.exists(block, place, query, place.restricts, apart);
            }
            Expr::Bool { op: BoolOp::Not, args } => match args.first() {
                Some(Expr::SubLink { kind: SubLinkKind::Exists, query, .. })
                    if is_joined(query) =>
                {
                    // Rows without a match stay: it says nothing of the tables around.
                    self.exists(block, place, query, &[], apart);
                }
                _ => self.plain(block, place, conjunct),
            },
            Expr::SubLink { kind: SubLinkKind::Any, test: Some(test), query }
                if is_select(query) =>
            {
                self.in_subquery(block, place, test, query, apart);
            }
            _ => self.plain(block, place, conjunct),
        }
    }

    fn plain(&mut self, block: &mut Block, place: &Place<'_>, conjunct: &'a Expr) {
        self.sub_links(place.scope, conjunct);
        let expr = self.resolve(place.scope, conjunct);
        let restricts = place.restricts.to_vec();
        block.conditions.push(Condition { expr, restricts, is_policy: false });
    }

    fn exists(
        &mut self,
        block: &mut Block,
        place: &Place<'_>,
        query: &'a Query,
        around: &[TableId],
        apart: &mut Vec<Apart<'a>>,
    ) {
        let inner = self.scope(query, Some(place.scope), apart);
        self.join_in(block, inner, apart, around);
        self.note_reads(inner);
    }

    fn in_subquery(
        &mut self,
        block: &mut Block,
        place: &Place<'_>,
        test: &'a Expr,
        query: &'a Query,
        apart: &mut Vec<Apart<'a>>,
    ) {
        let around = place.restricts;
        let (inner, mut restricts) = match self.subquery(query, Some(place.scope), apart) {
            Source::Merged(inner) => {
                let kept = self.join_in(block, inner, apart, around);
                self.note_reads(inner);
                (Some(inner), kept)
            }
            Source::Table(table) => {
                block.tables.push(table);
                let mut expr = self.resolve(place.scope, test);
                replace_columns(&mut expr, &|number, type_oid| {
                    Some(column(table, i32::try_from(number).ok()?, type_oid))
                });
                let restricts = [around, &[table]].concat();
                self.test(block, &expr, &restricts);
                return;
            }
            Source::Alias => return,
        };
        restricts.extend(around);
        let mut expr = self.resolve(place.scope, test);
        replace_columns(&mut expr, &|number, _| {
            let inner = inner?;
            let target = self.scopes[inner].query.visible().find(|it| it.number == number)?;
            Some(self.resolve(inner, &target.expr))
        });
        self.test(block, &expr, &restricts);
    }

    fn test(&self, block: &mut Block, expr: &Expr, restricts: &[TableId]) {
        for conjunct in expr.conjuncts() {
            let (expr, restricts) = (conjunct.clone(), restricts.to_vec());
            block.conditions.push(Condition { expr, restricts, is_policy: false });
        }
    }

    /// Subqueries inside an expression are planned by themselves, once for each row around them.
    pub(super) fn sub_links(&mut self, scope: usize, expr: &'a Expr) {
        if let Expr::SubLink { query, .. } = expr {
            self.query(query, Some(scope), &[]);
        }
        for child in expr.children() {
            self.sub_links(scope, child);
        }
    }

    /// Those of targets, RETURNING, HAVING and the like; those of WHERE and ON were seen with their conditions.
    pub(super) fn sub_links_outside_where(&mut self, scope: usize) {
        for inner in self.merged_scopes(scope) {
            let query = self.scopes[inner].query;
            let outside = query.exprs_outside_from();
            outside.into_iter().for_each(|expr| self.sub_links(inner, expr));
        }
    }
}

fn is_joined(query: &Query) -> bool {
    // What EXISTS returns and in which order does not matter, nor a LIMIT of some rows.
    let mut bare = query.clone();
    (bare.limit, bare.sort, bare.distinct) = (None, Vec::new(), Vec::new());
    is_merged(&bare)
}

fn replace_columns(expr: &mut Expr, with: &impl Fn(usize, u32) -> Option<Expr>) {
    expr.change(0, &mut |inner, _| {
        if let Expr::SubLinkColumn { column, type_oid } = inner
            && let Some(meant) = with(*column, *type_oid)
        {
            *inner = meant;
        }
    });
}
