//! From a query to blocks.

use super::super::ground::Ground;
use super::simple::{goes_down, is_inlined, is_merged, is_select, subquery};
use super::{Block, Condition, Statement, Table, TableId, columns_of, table_of};
use crate::catalog::Oid;
use crate::describe::tree::{CommonTable, Expr, Query, RteKind, SetOperation};

/// Takes a statement apart.
pub(in crate::index) fn statement(ground: &Ground<'_>, queries: &[Query]) -> Statement {
    let mut lowering = Lowering { ground, scopes: Vec::new(), statement: Statement::default() };
    for query in queries {
        lowering.query(query, None, &[]);
    }
    lowering.statement
}

pub(super) struct Lowering<'g, 'a> {
    pub ground: &'g Ground<'g>,
    pub scopes: Vec<Scope<'a>>,
    pub statement: Statement,
}

/// A query, and what the entries of its range table are.
pub(super) struct Scope<'a> {
    pub query: &'a Query,
    pub around: Option<usize>,
    pub sources: Vec<Source>,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Source {
    Table(TableId),
    /// A subquery that is part of the block: its scope.
    Merged(usize),
    /// A join, or the groups of PostgreSQL 18: other names for columns.
    Alias,
}

/// A condition of the query around, over the columns of a table that is this query.
#[derive(Clone, Debug)]
pub(super) struct Pushed {
    pub table: TableId,
    pub expr: Expr,
}

/// A subquery that is planned by itself.
pub(super) struct Apart<'a> {
    pub table: TableId,
    pub query: &'a Query,
    pub around: Option<usize>,
}

impl<'a> Lowering<'_, 'a> {
    /// Plans a query by itself.
    pub(super) fn query(&mut self, query: &'a Query, around: Option<usize>, pushed: &[Pushed]) {
        if let Some(operation) = &query.set_operation {
            return self.set_operation(query, operation, around, pushed);
        }
        let mut block = Block::default();
        let mut apart = Vec::new();
        let scope = self.scope(query, around, &mut apart);
        self.common_tables(scope);
        self.from(&mut block, scope, &mut apart);
        self.push(&mut block, scope, pushed);
        self.policies(&mut block);
        self.sort(&mut block, scope);
        self.note_reads(scope);
        self.change(scope);
        self.sub_links_outside_where(scope);
        for apart in apart {
            let pushed = pushable(&block, apart.table);
            self.query(apart.query, apart.around, &pushed);
        }
        if !block.tables.is_empty() {
            self.statement.blocks.push(block);
        }
    }

    /// Conditions on the result hold for each branch.
    fn set_operation(
        &mut self,
        query: &'a Query,
        operation: &SetOperation,
        around: Option<usize>,
        pushed: &[Pushed],
    ) {
        let scope = self.add_scope(query, around);
        self.common_tables(scope);
        let mut leaves = Vec::new();
        gather(operation, &mut leaves);
        let can = query.limit.is_none() && query.offset.is_none();
        for leaf in leaves.into_iter().filter_map(|leaf| subquery(query, leaf)) {
            self.query(leaf, Some(scope), if can { pushed } else { &[] });
        }
    }

    pub(super) fn add_scope(&mut self, query: &'a Query, around: Option<usize>) -> usize {
        self.scopes.push(Scope { query, around, sources: Vec::new() });
        self.scopes.len() - 1
    }

    /// Finds out what each entry of the range table is.
    pub(super) fn scope(
        &mut self,
        query: &'a Query,
        around: Option<usize>,
        apart: &mut Vec<Apart<'a>>,
    ) -> usize {
        let scope = self.add_scope(query, around);
        for entry in &query.tables {
            let source = match &entry.kind {
                RteKind::Relation { oid, .. } => Source::Table(self.table(Some(*oid))),
                RteKind::Subquery(inner) => self.subquery(inner, Some(scope), apart),
                RteKind::CommonTable { name, levels_up, recursive } => {
                    self.common_table(scope, name, *levels_up, *recursive, apart)
                }
                RteKind::Join { .. } | RteKind::Group(_) => Source::Alias,
                _ => Source::Table(self.table(None)),
            };
            self.scopes[scope].sources.push(source);
        }
        scope
    }

    pub(super) fn subquery(
        &mut self,
        query: &'a Query,
        around: Option<usize>,
        apart: &mut Vec<Apart<'a>>,
    ) -> Source {
        if is_merged(query) && !self.has_volatile_target(query) {
            return Source::Merged(self.scope(query, around, apart));
        }
        let table = self.table(None);
        apart.push(Apart { table, query, around });
        Source::Table(table)
    }

    fn has_volatile_target(&self, query: &Query) -> bool {
        query.targets.iter().any(|target| self.ground.is_volatile(&target.expr))
    }

    fn common_table(
        &mut self,
        scope: usize,
        name: &str,
        levels: usize,
        recursive: bool,
        apart: &mut Vec<Apart<'a>>,
    ) -> Source {
        let at = (0..levels).try_fold(scope, |at, _| self.scopes[at].around);
        let found = at.and_then(|at| {
            let tables: &'a [CommonTable] = &self.scopes[at].query.common_tables;
            Some((at, tables.iter().find(|table| table.name == name)?))
        });
        match found {
            Some((at, table)) if !recursive && is_inlined(table) => {
                self.subquery(&table.query, Some(at), apart)
            }
            _ => Source::Table(self.table(None)),
        }
    }

    /// Those that are computed once, whoever reads them.
    fn common_tables(&mut self, scope: usize) {
        let tables: &'a [CommonTable] = &self.scopes[scope].query.common_tables;
        for table in tables.iter().filter(|table| !is_inlined(table)) {
            self.query(&table.query, Some(scope), &[]);
        }
    }

    pub(super) fn table(&mut self, relation: Option<Oid>) -> TableId {
        let relation = relation.filter(|oid| self.ground.can_have_indexes(*oid));
        self.statement.tables.push(Table { relation, reads: Default::default() });
        self.statement.tables.len() - 1
    }

    /// Conditions of the query around, over what this one returns.
    fn push(&mut self, block: &mut Block, scope: usize, pushed: &[Pushed]) {
        let query = self.scopes[scope].query;
        for one in pushed {
            let columns = columns_of(&one.expr).remove(&one.table).unwrap_or_default();
            let down = columns.iter().all(|column| {
                usize::try_from(*column).is_ok_and(|column| goes_down(query, column))
            });
            if !down || !is_select(query) {
                continue;
            }
            let mut expr = one.expr.clone();
            expr.change(0, &mut |inner, _| {
                if let Expr::Var(var) = inner
                    && table_of(var) == Some(one.table)
                    && let Some(target) =
                        query.visible().find(|it| i32::try_from(it.number) == Ok(var.attribute))
                {
                    *inner = self.resolve(scope, &target.expr);
                }
            });
            let restricts = block.tables.clone();
            block.conditions.push(Condition { expr, restricts, is_policy: false });
        }
    }

    /// Notes which columns the query reads.
    pub(super) fn note_reads(&mut self, scope: usize) {
        for inner in self.merged_scopes(scope) {
            let query = self.scopes[inner].query;
            for expr in query.own_exprs() {
                for (table, columns) in columns_of(&self.resolve(inner, expr)) {
                    if let Some(table) = self.statement.tables.get_mut(table) {
                        table.reads.extend(columns);
                    }
                }
            }
        }
    }

    /// A scope and those that are part of its block.
    pub(super) fn merged_scopes(&self, scope: usize) -> Vec<usize> {
        let mut all = vec![scope];
        let mut at = 0;
        while let Some(scope) = all.get(at).and_then(|at| self.scopes.get(*at)) {
            all.extend(scope.sources.iter().filter_map(|source| match source {
                Source::Merged(inner) => Some(*inner),
                _ => None,
            }));
            at += 1;
        }
        all
    }
}

fn gather(operation: &SetOperation, leaves: &mut Vec<usize>) {
    match operation {
        SetOperation::Leaf(number) => leaves.push(*number),
        SetOperation::Node { left, right, .. } => {
            gather(left, leaves);
            gather(right, leaves);
        }
    }
}

/// Conditions that are about one table of a block alone.
fn pushable(block: &Block, table: TableId) -> Vec<Pushed> {
    let about = |condition: &&Condition| {
        let tables = super::tables_of(&condition.expr);
        condition.restricts.contains(&table)
            && tables.contains(&table)
            && tables.iter().all(|it| *it == table || !block.tables.contains(it))
    };
    let conditions = block.conditions.iter().filter(about);
    conditions.map(|condition| Pushed { table, expr: condition.expr.clone() }).collect()
}
