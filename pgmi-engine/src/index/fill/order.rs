//! Which tables to fill, and in which order.

use std::collections::HashSet;

use super::FillRequest;
use super::table::Table;
use crate::catalog::Oid;

/// The tables that are asked for and all that they refer to; every table where a materialized view is among
/// them, since what it reads from is not known here.
pub(super) fn wanted(tables: &[Table], request: &FillRequest<'_>) -> HashSet<Oid> {
    let view = |oid: &Oid| request.catalog.relation(*oid).is_some_and(|it| it.relkind == 'm');
    if request.tables.is_empty() || request.tables.iter().any(view) {
        return tables.iter().map(|table| table.oid).collect();
    }
    let mut wanted = family(tables, request);
    loop {
        let referred = tables.iter().filter(|table| wanted.contains(&table.oid));
        let parents = referred.flat_map(|table| table.foreign_keys.iter().map(|it| it.parent));
        let new: Vec<Oid> = parents.filter(|oid| !wanted.contains(oid)).collect();
        if new.is_empty() {
            return wanted;
        }
        wanted.extend(new);
    }
}

/// With the partitions and children of the tables that are asked for, and the partitioned tables of partitions.
fn family(tables: &[Table], request: &FillRequest<'_>) -> HashSet<Oid> {
    let mut all = request.tables.clone();
    for table in tables {
        let family = request.catalog.family(table.oid);
        if family.iter().any(|it| request.tables.contains(&it.oid)) {
            all.extend(family.iter().map(|it| it.oid));
        }
    }
    all
}

/// Those tables, each behind the ones it refers to; where they refer to each other, by name.
pub(super) fn parents_first<'a>(tables: &'a [Table], wanted: &HashSet<Oid>) -> Vec<&'a Table> {
    let mut left: Vec<&Table> = tables.iter().filter(|it| wanted.contains(&it.oid)).collect();
    let mut ordered = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let waiting: HashSet<Oid> = left.iter().map(|table| table.oid).collect();
        let is_free = |table: &&Table| {
            let parents = table.foreign_keys.iter().map(|it| it.parent);
            parents.into_iter().all(|parent| parent == table.oid || !waiting.contains(&parent))
        };
        let (free, mut rest): (Vec<_>, Vec<_>) = left.into_iter().partition(is_free);
        match free.is_empty() {
            true => ordered.push(rest.remove(0)),
            false => ordered.extend(free),
        }
        left = rest;
    }
    ordered
}
