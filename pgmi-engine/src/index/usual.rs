//! Whether NULL is what most rows have in a column that queries test with `is null`, or what few have: the rows that are
//! left to do (`processed_at is null`), or all but those that were thrown away (`deleted_at is null`). Where no statistics
//! say it, what the queries do beside it does; what a column is called does not.
//!
//! | The queries of a table | NULL |
//! |---|---|
//! | find rows by something else, and most of them leave out those that are not NULL | most rows |
//! | find rows by being NULL, or leave out the others now and then | few |
//! | take some that are NULL and lock them | few |

use std::collections::BTreeSet;

use super::fill::Rows;
use super::ground::Ground;
use super::need::{Need, Use, UseKind};
use super::propose::Sketch;
use super::{AssumedNulls, ColumnName};
use crate::catalog::Oid;
use crate::describe::tree::Expr;

/// Of the rows that a real database has: then the others are too few for an index to leave out.
const MOST: f64 = 0.9;

/// Marks the tests that most rows pass. Gives what was assumed of columns about which nothing is known; nothing is where
/// `rows` is none, because a database is asked that has them.
pub(super) fn mark(
    ground: &Ground<'_>,
    rows: Option<&Rows>,
    needs: &mut [Need],
) -> Vec<AssumedNulls> {
    let mut assumed = Vec::new();
    let Some(rows) = rows else { return assumed };
    for (relation, number) in tested(needs) {
        let Some(column) = name(ground, relation, number) else { continue };
        let ColumnName { schema, table, column: of } = &column;
        let are_most = match rows.nulls(schema, table, of) {
            Some(share) => share >= MOST,
            None => {
                let are_most = Table { relation, number, needs }.leaves_out_few();
                assumed.push(AssumedNulls { column, are_most });
                are_most
            }
        };
        if are_most {
            let needs = needs.iter_mut().filter(|need| need.relation == relation);
            needs.for_each(|need| usual(&mut need.uses, number));
        }
    }
    assumed
}

/// What an index over few rows stands on, where nobody says that they are few.
pub(super) fn presumed(
    ground: &Ground<'_>,
    assumed: &[AssumedNulls],
    sketch: &Sketch,
) -> Option<String> {
    let is_few = |expr: &&Expr| match expr {
        Expr::NullTest { of, is_null: true, row: false } => match &**of {
            Expr::Var(var) => name(ground, sketch.relation, var.attribute)
                .is_some_and(|it| assumed.iter().any(|of| of.column == it && !of.are_most)),
            _ => false,
        },
        _ => false,
    };
    let few = sketch.predicate.iter().filter(is_few);
    let few: Vec<String> = few.filter_map(|it| ground.sql(sketch.relation, it)).collect();
    (!few.is_empty()).then(|| format!("few rows are taken for `{}`", few.join(" and ")))
}

/// The columns that some query tests with `is null`, if they can be NULL at all.
fn tested(needs: &[Need]) -> BTreeSet<(Oid, i32)> {
    let of = |need: &Need| {
        let tests = need.uses.iter().filter(|it| it.kind == UseKind::IsNull);
        let numbers: Vec<i32> = tests.filter_map(|it| it.key.column()).collect();
        numbers.into_iter().map(|number| (need.relation, number)).collect::<Vec<_>>()
    };
    needs.iter().flat_map(of).collect()
}

fn name(ground: &Ground<'_>, relation: Oid, number: i32) -> Option<ColumnName> {
    let relation = ground.catalog.relation(relation)?;
    let column = relation.column(number).filter(|it| !it.not_null)?.name.clone();
    Some(ColumnName { schema: relation.schema.clone(), table: relation.name.clone(), column })
}

fn usual(uses: &mut [Use], number: i32) {
    for found in uses {
        match &mut found.kind {
            UseKind::Or(arms) => arms.iter_mut().for_each(|arm| usual(arm, number)),
            UseKind::IsNull => found.is_usual |= found.key.column() == Some(number),
            _ => {}
        }
    }
}

/// A column, and what the queries ask of its table.
struct Table<'n> {
    relation: Oid,
    number: i32,
    needs: &'n [Need],
}

impl Table<'_> {
    fn leaves_out_few(&self) -> bool {
        let all = self.needs.iter().filter(|need| need.relation == self.relation);
        // Who takes rows from a queue looks for the few that are left.
        if all.clone().any(|need| need.takes_some && self.tests(need)) {
            return false;
        }
        let (mut with, mut without) = (0, 0);
        for need in all.filter(|need| !need.changes) {
            if self.tests(need) {
                with += u32::from(self.finds_otherwise(need));
            } else if !self.mentions(need) {
                without += u32::from(reads_by_itself(need));
            }
        }
        with > without
    }

    fn tests(&self, need: &Need) -> bool {
        need.uses.iter().any(|it| it.kind == UseKind::IsNull && self.is_key(it))
    }

    /// `is not null`, or a comparison: what is asked for are the others.
    fn mentions(&self, need: &Need) -> bool {
        need.uses.iter().any(|it| self.is_key(it))
    }

    fn is_key(&self, found: &Use) -> bool {
        matches!(&found.key.expr, Expr::Var(var) if var.attribute == self.number)
    }

    /// Whether the rows are found by a value that is given, here or in a table that they are joined with.
    fn finds_otherwise(&self, need: &Need) -> bool {
        let elsewhere = || {
            let of_query = self.needs.iter().filter(|it| it.query == need.query);
            of_query.filter(|it| it.relation != need.relation).any(is_given)
        };
        is_given(need) || need.uses.iter().any(|it| finds(it) && !it.is_given()) && elsewhere()
    }
}

/// Not only what other tables refer to: in a row of theirs, one that was thrown away may well be shown.
fn reads_by_itself(need: &Need) -> bool {
    is_given(need) || !need.uses.iter().any(finds)
}

fn is_given(need: &Need) -> bool {
    need.uses.iter().any(|it| finds(it) && it.is_given())
}

fn finds(found: &Use) -> bool {
    !matches!(
        found.kind,
        UseKind::IsNull | UseKind::IsNotNull | UseKind::Bool(_) | UseKind::Predicate
    )
}
