//! Foreign keys whose parent rows go or change: each time the children are looked for.

use std::collections::{BTreeSet, HashMap};

use super::super::block::Statement;
use super::super::ground::{ForeignKey, Ground, NameKind};
use super::super::need::Key;
use super::super::{CandidateKind, QueryId};
use super::Sketch;
use crate::catalog::Oid;
use crate::describe::tree::{Command, Expr, Var, VarReturning};

/// What happens to a table: whole rows go, or some columns change.
#[derive(Default)]
struct Fate {
    deleted: BTreeSet<QueryId>,
    updated: HashMap<i32, BTreeSet<QueryId>>,
}

/// The indexes that foreign keys need and that there are not.
pub(in crate::index) fn unserved(
    ground: &Ground<'_>,
    statements: &[(QueryId, Statement)],
) -> Vec<Sketch> {
    let mut all = referring(ground, statements);
    all.retain(|sketch| sketch.is_asked);
    all
}

/// The indexes that foreign keys need. Those that there are already are not asked for, but they stand in front of
/// others as they did before they were made.
pub(in crate::index) fn referring(
    ground: &Ground<'_>,
    statements: &[(QueryId, Statement)],
) -> Vec<Sketch> {
    let fates = fates(ground, statements);
    let mut all = Vec::new();
    for key in &ground.foreign_keys {
        let causes = causes(ground, key, &fates);
        if causes.is_empty() || !ground.can_have_indexes(key.child) {
            continue;
        }
        let is_asked = !is_served(ground, key);
        let kind = if is_asked { CandidateKind::ForeignKey } else { CandidateKind::Needed };
        let sketch = sketch(ground, key, causes);
        all.extend(sketch.map(|it| Sketch { kind, is_asked, ..it }));
    }
    all
}

fn fates(ground: &Ground<'_>, statements: &[(QueryId, Statement)]) -> HashMap<Oid, Fate> {
    let mut fates: HashMap<Oid, Fate> = HashMap::new();
    for (query, statement) in statements {
        for change in &statement.changes {
            // A row of a partition or a child is one of the table, too.
            for relation in ground.catalog.family(change.relation) {
                let fate = fates.entry(relation.oid).or_default();
                match change.command {
                    Command::Delete => {
                        fate.deleted.insert(*query);
                    }
                    Command::Update => {
                        for column in &change.columns {
                            fate.updated.entry(*column).or_default().insert(*query);
                        }
                    }
                    _ => {}
                }
            }
        }
    }
    // A cascade hands the fate of a row to its children, and these to theirs.
    while cascade(ground, &mut fates) {}
    fates
}

fn cascade(ground: &Ground<'_>, fates: &mut HashMap<Oid, Fate>) -> bool {
    let mut any = false;
    for key in &ground.foreign_keys {
        let (deleted, updated) = parts(key, fates);
        let child = fates.entry(key.child).or_default();
        if key.on_delete == 'c' {
            any |= add(&mut child.deleted, &deleted);
        }
        let mut changed = BTreeSet::new();
        if matches!(key.on_delete, 'n' | 'd') {
            changed.extend(&deleted);
        }
        if matches!(key.on_update, 'c' | 'n' | 'd') {
            changed.extend(&updated);
        }
        for column in key.columns.iter().filter(|_| !changed.is_empty()) {
            any |= add(child.updated.entry(*column).or_default(), &changed);
        }
    }
    any
}

fn parts(key: &ForeignKey, fates: &HashMap<Oid, Fate>) -> (BTreeSet<QueryId>, BTreeSet<QueryId>) {
    let Some(parent) = fates.get(&key.parent) else { return Default::default() };
    let updated = key.parent_columns.iter().filter_map(|column| parent.updated.get(column));
    (parent.deleted.clone(), updated.flatten().copied().collect())
}

fn add(to: &mut BTreeSet<QueryId>, from: &BTreeSet<QueryId>) -> bool {
    let before = to.len();
    to.extend(from);
    to.len() > before
}

/// The queries for which the children are looked for.
fn causes(ground: &Ground<'_>, key: &ForeignKey, fates: &HashMap<Oid, Fate>) -> BTreeSet<QueryId> {
    let mut causes = BTreeSet::new();
    // What happens to a part of the parent happens to it.
    for relation in ground.catalog.family(key.parent) {
        let of_part = ForeignKey { parent: relation.oid, ..key.clone() };
        let (deleted, updated) = parts(&of_part, fates);
        causes.extend(deleted);
        causes.extend(updated);
    }
    causes
}

/// Whether an index has the columns of the key in front, in any order.
fn is_served(ground: &Ground<'_>, key: &ForeignKey) -> bool {
    ground.indexes_of(key.child).any(|index| {
        let leading = index.keys.iter().take(key.columns.len()).map(column_of).collect::<Vec<_>>();
        let predicate = index.predicate.iter().all(|it| is_not_null_of(it, &key.columns));
        index.definition.method == "btree" && predicate && covers(&leading, &key.columns)
    })
}

fn covers(leading: &[Option<i32>], columns: &[i32]) -> bool {
    columns.iter().all(|column| leading.contains(&Some(*column)))
}

fn column_of(expr: &Expr) -> Option<i32> {
    match expr {
        Expr::Var(var) => Some(var.attribute),
        _ => None,
    }
}

/// `fk is not null`, which every child that is looked for obeys.
fn is_not_null_of(expr: &Expr, columns: &[i32]) -> bool {
    match expr {
        Expr::NullTest { of, is_null: false, .. } => {
            column_of(of).is_some_and(|column| columns.contains(&column))
        }
        _ => false,
    }
}

fn sketch(ground: &Ground<'_>, key: &ForeignKey, serves: BTreeSet<QueryId>) -> Option<Sketch> {
    let relation = ground.catalog.relation(key.child)?;
    let part = |number: &i32| {
        let type_oid = relation.column(*number)?.type_oid;
        let returning = VarReturning::Default;
        let var = Var { relation: 1, attribute: *number, levels_up: 0, type_oid, returning };
        let (class, collation) = (0, 0);
        let (descending, nulls_first) = (false, false);
        Some(Key { expr: Expr::Var(var), type_oid, class, collation, descending, nulls_first })
    };
    let parent = ground.name(NameKind::Relation, key.parent).unwrap_or("the other table");
    Some(Sketch {
        relation: key.child,
        method: "btree".to_owned(),
        free: key.columns.iter().map(part).collect::<Option<_>>()?,
        tail: Vec::new(),
        include: Vec::new(),
        predicate: Vec::new(),
        serves,
        kind: CandidateKind::ForeignKey,
        is_asked: true,
        reason: format!(
            "foreign key {}: rows of {parent} are deleted or change their key, and each time its rows are looked for",
            key.name
        ),
    })
}
