//! Unique keys of what stands in FROM, and the equalities that can fix them.

use std::collections::HashSet;
use std::rc::Rc;

use super::super::scope::Scope;
use super::super::tree::{
    Command, Expr, FromItem, RteKind, SetOperation, SetOperator, SortGroup, Target, Var,
    VarReturning,
};
use super::Fixed;
use crate::catalog::{KeyPart, Oid};

/// `left = right`, as some operator families understand it.
pub struct Equality<'a> {
    pub left: &'a Expr,
    pub right: &'a Expr,
    pub families: Vec<Oid>,
    pub collation: Oid,
    pub is_deterministic: bool,
}

/// Columns that no two rows share.
pub struct UniqueKey {
    pub name: String,
    pub parts: Vec<Part>,
}

/// A column of a key, or an expression.
pub struct Part {
    /// Over the columns of relation 1.
    expr: Expr,
    /// The operator families that understand equality as the key does.
    families: Vec<Oid>,
    collation: Oid,
}

/// The equalities that a condition is, with either side first.
pub fn equalities<'a>(scope: &Scope<'_, 'a>, condition: &'a Expr) -> Vec<Equality<'a>> {
    let Expr::Operator { oid, args, collation, .. } = condition else { return Vec::new() };
    let catalog = scope.catalog();
    let ([left, right], Some(operator)) = (&args[..], catalog.operator(*oid)) else {
        return Vec::new();
    };
    if operator.equal_in.is_empty() {
        return Vec::new();
    }
    let equality = |left: &'a Expr, right: &'a Expr| Equality {
        left: left.unlabelled(),
        right,
        families: operator.equal_in.clone(),
        collation: *collation,
        is_deterministic: catalog.is_deterministic(*collation),
    };
    vec![equality(left, right), equality(right, left)]
}

impl Part {
    /// Whether the left side of an equality is this part of a table, compared as the key compares.
    pub fn is_equated(&self, equality: &Equality<'_>, table: usize) -> bool {
        let collation = equality.is_deterministic || equality.collation == self.collation;
        self.has_any(&equality.families) && collation && is_same(&self.expr, equality.left, table)
    }

    pub fn has_any(&self, families: &[Oid]) -> bool {
        self.families.iter().any(|family| families.contains(family))
    }
}

/// Whether an expression over relation 1 is that over `table`.
fn is_same(key: &Expr, other: &Expr, table: usize) -> bool {
    match (key, other) {
        (Expr::Var(key), Expr::Var(var)) => {
            var.levels_up == 0 && var.relation == table && var.attribute == key.attribute
        }
        (Expr::Var(_), _) | (_, Expr::Var(_)) => false,
        _ => moved(key, table) == *other,
    }
}

/// An expression over relation 1, over another.
fn moved(expr: &Expr, table: usize) -> Expr {
    let mut copy = expr.clone();
    copy.change(0, &mut |inner, _| {
        if let Expr::Var(var) = inner {
            var.relation = table;
        }
    });
    copy
}

/// The keys of an entry of FROM.
pub fn unique_keys(scope: &Scope<'_, '_>, table: usize) -> Rc<Vec<UniqueKey>> {
    let Some(entry) = scope.query.table(table) else { return Rc::default() };
    let of_query = |query, around: &Scope<'_, '_>| {
        let scope = Scope::new(scope.context, query, Some(around));
        scope.context.keys_once(query, || keys_of_query(&scope, &entry.name))
    };
    match &entry.kind {
        RteKind::Relation { oid, .. } => {
            Rc::new(keys_of_relation(scope, *oid, entry.inherits, table))
        }
        RteKind::Subquery(query) => of_query(query, scope),
        RteKind::CommonTable { name, levels_up, recursive: false } => {
            match scope.common_table(name, *levels_up) {
                Some((common, around)) if !common.recursive => of_query(&common.query, around),
                _ => Rc::default(),
            }
        }
        _ => Rc::default(),
    }
}

fn keys_of_relation(
    scope: &Scope<'_, '_>,
    oid: Oid,
    inherits: bool,
    table: usize,
) -> Vec<UniqueKey> {
    let Some(relation) = scope.catalog().relation(oid) else { return Vec::new() };
    // A unique index of a parent does not look into its children; that of a partitioned table does.
    if relation.relkind == 'r' && inherits && !relation.children.is_empty() {
        return Vec::new();
    }
    let part = |part: &KeyPart| Part {
        expr: part.expr.clone(),
        families: vec![part.family],
        collation: part.collation,
    };
    let usable = relation.keys.iter().filter(|key| match &key.predicate {
        None => true,
        Some(predicate) => is_implied(scope, predicate, table),
    });
    usable
        .map(|key| UniqueKey {
            name: format!("{} of {}", key.name, relation.name),
            parts: key.parts.iter().map(part).collect(),
        })
        .collect()
}

/// Whether WHERE says, word for word, what the predicate of a partial index says.
fn is_implied(scope: &Scope<'_, '_>, predicate: &Expr, table: usize) -> bool {
    let FromItem::List { condition: Some(condition), .. } = &scope.query.from else {
        return false;
    };
    let conjuncts = condition.conjuncts();
    let facts = &scope.joins.facts;
    predicate.conjuncts().into_iter().all(|wanted| {
        let wanted = moved(wanted, table);
        let said = conjuncts.iter().any(|conjunct| **conjunct == wanted);
        let not_null = match &wanted {
            Expr::NullTest { of, is_null: false, .. } => facts.contains_key(&**of),
            _ => false,
        };
        said || not_null
    })
}

/// The keys among the result columns of a subquery.
fn keys_of_query(scope: &Scope<'_, '_>, name: &str) -> Vec<UniqueKey> {
    let query = scope.query;
    if query.command != Command::Select || query.has_target_sets {
        return Vec::new();
    }
    if let Some(operation) = &query.set_operation {
        return by_union(scope, operation, name).into_iter().collect();
    }
    let mut keys = Vec::new();
    for groups in [&query.distinct, &query.group] {
        if !groups.is_empty() && query.grouping_sets.is_empty() {
            keys.extend(by_columns(scope, name, groups));
        }
    }
    if !query.is_grouped() {
        keys.extend(keys_through(scope, name));
    }
    keys
}

/// UNION leaves each row once.
fn by_union(scope: &Scope<'_, '_>, operation: &SetOperation, name: &str) -> Option<UniqueKey> {
    let SetOperation::Node { operator: SetOperator::Union, all: false, equalities, .. } = operation
    else {
        return None;
    };
    let targets = scope.query.visible().zip(equalities);
    let parts = targets.map(|(target, equality)| part(scope, target, *equality));
    Some(UniqueKey { name: format!("a row of {name}"), parts: parts.collect::<Option<_>>()? })
}

/// A key that GROUP BY or DISTINCT makes, when the result has all its columns.
fn by_columns(scope: &Scope<'_, '_>, name: &str, groups: &[SortGroup]) -> Option<UniqueKey> {
    let parts = groups.iter().map(|group| {
        let target = scope.query.visible().find(|it| it.sort_group == group.reference)?;
        part(scope, target, group.equality)
    });
    Some(UniqueKey { name: format!("a row of {name}"), parts: parts.collect::<Option<_>>()? })
}

fn part(scope: &Scope<'_, '_>, target: &Target, equality: Oid) -> Option<Part> {
    let families = scope.catalog().operator(equality)?.equal_in.clone();
    let expr = column(target.number, target.expr.type_oid().unwrap_or_default());
    Some(Part { expr, families, collation: 0 })
}

fn column(number: usize, type_oid: Oid) -> Expr {
    let attribute = i32::try_from(number).unwrap_or(i32::MAX);
    let returning = VarReturning::Default;
    Expr::Var(Var { relation: 1, attribute, levels_up: 0, type_oid, returning })
}

/// Keys of a table that all of a query's rows depend on, seen through its result columns.
fn keys_through(scope: &Scope<'_, '_>, name: &str) -> Vec<UniqueKey> {
    let mut keys = Vec::new();
    for table in scope.query.from.tables() {
        let fixed = Fixed::supposing(scope, HashSet::from([table]));
        if !fixed.all() || scope.joins.missing.contains_key(&table) {
            continue;
        }
        for key in unique_keys(scope, table).iter() {
            let seen = |part: &Part| {
                let target = scope
                    .query
                    .visible()
                    .find(|target| is_same(&part.expr, target.expr.unlabelled(), table))?;
                let type_oid = target.expr.type_oid().unwrap_or_default();
                let expr = column(target.number, type_oid);
                Some(Part { expr, families: part.families.clone(), collation: part.collation })
            };
            if let Some(parts) = key.parts.iter().map(seen).collect::<Option<Vec<_>>>() {
                keys.push(UniqueKey { name: format!("{} in {name}", key.name), parts });
            }
        }
    }
    keys
}
