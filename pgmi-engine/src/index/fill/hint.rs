//! What the queries say about the values they expect.

use std::collections::{BTreeMap, HashMap};

use super::super::{ColumnName, Workload};
use crate::catalog::{Catalog, Oid};
use crate::describe::tree::{BoolOp, BoolTest, Expr, Query, RteKind, Var};

/// By column; a column that is not there is compared with parameters only, or not at all.
pub(super) type Hints = HashMap<ColumnName, Hint>;

/// What is known of the values of a column.
#[derive(Clone, Debug, Default)]
pub(super) struct Hint {
    /// Operator and literal, as in `= 'open'`: few rows are like that.
    pub literals: Vec<(String, String)>,
    pub nulls: Option<Nulls>,
    /// How many of the rows of one value some query wants at most; 0 for all.
    pub first: u64,
    pub moment: Option<Moment>,
    /// Which of a boolean's values is looked for.
    pub wanted: Vec<bool>,
    /// The fields of a JSON document.
    pub fields: Fields,
}

/// Whether NULL is what queries look for, or what they leave out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Nulls {
    Rare,
    Common,
    /// What most rows have: queries leave out the others.
    Usual,
}

/// Where the times of a column lie: what a query compares with the present is the smaller part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Moment {
    Past,
    Future,
}

impl Moment {
    fn other(self) -> Self {
        match self {
            Self::Past => Self::Future,
            Self::Future => Self::Past,
        }
    }
}

/// Fields of a JSON document, and the type that each is read as; 0 for text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Fields {
    pub type_oid: Oid,
    pub fields: BTreeMap<String, Fields>,
}

/// Gathers what all queries say.
pub(super) fn hints(workload: &Workload, catalog: &Catalog) -> Hints {
    let mut gathered = Gathered { catalog, hints: Hints::new() };
    for query in &workload.queries {
        for literal in &query.literals {
            let pair = (literal.operator.clone(), literal.value.clone());
            let hint = gathered.hints.entry(literal.column.clone()).or_default();
            if !hint.literals.contains(&pair) {
                hint.literals.push(pair);
            }
        }
        for tree in &query.trees {
            tree.visit_queries(0, &mut |query, _| gathered.query(query));
        }
    }
    for it in workload.assumed.iter().filter(|it| it.are_most) {
        gathered.hints.entry(it.column.clone()).or_default().nulls = Some(Nulls::Usual);
    }
    for it in &workload.groups {
        let hint = gathered.hints.entry(it.column.clone()).or_default();
        hint.first = hint.first.max(it.first);
    }
    gathered.hints
}

const INT8: Oid = 20;

struct Gathered<'a> {
    catalog: &'a Catalog,
    hints: Hints,
}

impl Gathered<'_> {
    fn query(&mut self, query: &Query) {
        for expr in query.own_exprs() {
            expr.conjuncts().into_iter().for_each(|it| self.conjunct(query, it));
            expr.visit(0, &mut |inner, depth| {
                if depth == 0 {
                    self.field(query, inner, 0);
                }
            });
        }
    }

    /// What a condition of its own says.
    fn conjunct(&mut self, query: &Query, expr: &Expr) {
        match expr {
            Expr::NullTest { of, is_null, .. } => {
                let nulls = if *is_null { Nulls::Rare } else { Nulls::Common };
                self.at(query, of, |hint| hint.nulls = hint.nulls.or(Some(nulls)));
            }
            Expr::Bool { op: BoolOp::Not, args } => {
                if let [only] = args.as_slice() {
                    self.at(query, only, |hint| hint.wanted.push(false));
                }
            }
            Expr::Bool { op: BoolOp::Or, args } => {
                for arm in args {
                    arm.conjuncts().into_iter().for_each(|it| self.conjunct(query, it));
                }
            }
            Expr::BoolTest { of, test } => {
                let wanted = matches!(test, BoolTest::True | BoolTest::NotFalse);
                self.at(query, of, |hint| hint.wanted.push(wanted));
            }
            Expr::Var(_) => self.at(query, expr, |hint| hint.wanted.push(true)),
            Expr::Operator { oid, args, .. } => self.comparison(query, *oid, args),
            _ => {}
        }
    }

    /// With the present: neither a column, nor a parameter, nor a literal.
    fn comparison(&mut self, query: &Query, operator: Oid, args: &[Expr]) {
        let [left, right] = args else { return };
        let Some(name) = self.catalog.operator(operator).map(|it| it.name.clone()) else { return };
        let known = |expr: &Expr| {
            matches!(
                expr,
                Expr::Var(_) | Expr::Param { .. } | Expr::Const { .. } | Expr::SubLink { .. }
            )
        };
        let (column, other, below) = match (left.unlabelled(), right.unlabelled()) {
            (Expr::Var(_), other) => (left, other, name.starts_with('<')),
            (other, Expr::Var(_)) => (right, other, name.starts_with('>')),
            _ => return,
        };
        if !matches!(&*name, "<" | "<=" | ">" | ">=") || other.contains(known) {
            return;
        }
        let moment = if below { Moment::Future } else { Moment::Past };
        // What is taken from a queue is due, as is all that was taken before: few rows wait for their time.
        if query.locks_rows && query.limit.is_some() {
            return self.at(query, column, |hint| hint.moment = Some(moment.other()));
        }
        self.at(query, column, |hint| hint.moment = hint.moment.or(Some(moment)));
    }

    /// `document -> 'a' ->> 'b'`, and what it is cast to.
    fn field(&mut self, query: &Query, expr: &Expr, type_oid: Oid) {
        match expr {
            Expr::Convert { of, type_oid } if matches!(**of, Expr::Operator { .. }) => {
                self.field(query, of, *type_oid);
            }
            Expr::Operator { oid, .. } => {
                let mut path = Vec::new();
                let column = self.path(expr, &mut path);
                if !path.is_empty() {
                    path.reverse();
                    let name = self.catalog.operator(*oid).map_or("", |it| &*it.name);
                    // Text can be cast to anything, of JSON only numbers.
                    let type_oid = if name == "->" { type_oid.max(INT8) } else { type_oid };
                    self.at(query, column, |hint| hint.fields.add(&path, type_oid));
                }
            }
            _ => {}
        }
    }

    /// The column under a path; the path from its end.
    fn path<'e>(&self, expr: &'e Expr, path: &mut Vec<String>) -> &'e Expr {
        if let Expr::Operator { oid, args, .. } = expr
            && let [document, key] = args.as_slice()
            && let Some(key) = key.text_constant()
            && self.catalog.operator(*oid).is_some_and(|it| matches!(&*it.name, "->" | "->>"))
        {
            path.push(key.to_owned());
            return self.path(document, path);
        }
        expr
    }

    fn at(&mut self, query: &Query, expr: &Expr, change: impl FnOnce(&mut Hint)) {
        let Expr::Var(var) = expr.unlabelled() else { return };
        if let Some(column) = resolve(query, *var, self.catalog) {
            change(self.hints.entry(column).or_default());
        }
    }
}

impl Fields {
    fn add(&mut self, path: &[String], type_oid: Oid) {
        match path {
            [] => self.type_oid = self.type_oid.max(type_oid),
            [first, rest @ ..] => self.fields.entry(first.clone()).or_default().add(rest, type_oid),
        }
    }
}

/// The column of a table that a column of a query is, through joins and subqueries.
pub(super) fn resolve(query: &Query, var: Var, catalog: &Catalog) -> Option<ColumnName> {
    if var.levels_up > 0 {
        return None;
    }
    let at = usize::try_from(var.attribute).ok()?.checked_sub(1)?;
    let (query, expr) = match &query.table(var.relation)?.kind {
        RteKind::Relation { oid, .. } => {
            let relation = catalog.relation(*oid)?;
            let column = relation.column(var.attribute)?.name.clone();
            let (schema, table) = (relation.schema.clone(), relation.name.clone());
            return Some(ColumnName { schema, table, column });
        }
        RteKind::Subquery(inner) => (&**inner, &inner.visible().nth(at)?.expr),
        RteKind::Join { columns, .. } => (query, columns.get(at)?.as_ref()?),
        RteKind::Group(exprs) => (query, exprs.get(at)?),
        _ => return None,
    };
    match expr.unlabelled() {
        Expr::Var(inner) => resolve(query, *inner, catalog),
        _ => None,
    }
}
