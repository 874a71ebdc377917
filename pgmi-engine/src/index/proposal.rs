//! From the queries of a project to the indexes that are worth trying.

use std::collections::{BTreeSet, HashSet};

use postgres::Client;

use super::asked::{Asked, asked};
use super::block::{self, Statement};
use super::ground::Ground;
use super::group::groups;
use super::hints::hints;
use super::inline::inlined;
use super::need::{Key, Need, needs};
use super::propose::{
    Names, Sketch, WriteCost, answers, covering, is_akin, is_outdone, merged, referring, several,
    sketches,
};
use super::{Candidate, IndexDefinition, QueryId, Rows, Workload, WorkloadQuery, collation, usual};
use crate::Result;
use crate::catalog::Oid;
use crate::check::Refused;
use crate::describe::tree::Expr;
use crate::describe::{Describer, Description};
use crate::diagnostic::Code;
use crate::query::Query;

/// What the queries need, and what there is.
pub struct Proposal<'a> {
    pub workload: Workload,
    /// Queries that PostgreSQL refuses: nothing is known of what they need.
    pub refused: Vec<Refused>,
    /// What is worth trying, by table and name.
    pub candidates: Vec<Candidate>,
    /// What each of them was made of.
    sketches: Vec<Sketch>,
    pub(super) ground: Ground<'a>,
    pub(super) statements: Vec<(QueryId, Statement)>,
    pub(super) needs: Vec<Need>,
    pub(super) cost: WriteCost,
    /// The columns whose values decide about plans; none for all.
    pub(super) asked: Option<Asked>,
    /// Prefixes are looked for, which depends on the collation.
    pub(super) asks_prefixes: bool,
}

impl<'a> Proposal<'a> {
    /// Looks at every query. `client` is connected to the database that `describer` describes them in; nothing is
    /// executed there but questions to its catalog. `rows` says what is known of the rows that tables are to have; none where
    /// a database is asked that has some.
    ///
    /// # Errors
    /// [`Code::CatalogUnreadable`], [`Code::ConnectionLost`]. What is wrong with single queries is in
    /// [`Proposal::refused`].
    pub fn make(
        describer: &'a mut Describer,
        client: &mut Client,
        queries: &[Query],
        rows: Option<&Rows>,
    ) -> Result<Self> {
        let mut described = Vec::new();
        let mut refused = Vec::new();
        for query in queries {
            match describer.describe(query) {
                Ok(description) => described.push((query, description)),
                Err(error) if error.code() == Code::ConnectionLost => return Err(error),
                Err(error) => refused
                    .push(Refused { query: query.clone(), findings: error.diagnostics().to_vec() }),
            }
        }
        let ground = Ground::read(client, describer.catalog())?;
        Ok(Self::of(ground, &described, refused, rows))
    }

    fn of(
        ground: Ground<'a>,
        described: &[(&Query, Description)],
        refused: Vec<Refused>,
        rows: Option<&Rows>,
    ) -> Self {
        let mut workload = Workload::default();
        let (mut statements, mut trees) = (Vec::new(), Vec::new());
        for (at, (query, description)) in described.iter().enumerate() {
            let queries = description.queries.iter().map(|it| inlined(it, &ground.bodies));
            let queries: Vec<_> = queries.collect();
            let statement = block::statement(&ground, &queries);
            trees.extend(queries);
            let types = &description.parameter_types;
            workload.queries.push(workload_query(&ground, query, description, &statement, types));
            statements.push((QueryId(at), statement));
        }
        let mut needs = Vec::new();
        for (query, statement) in &mut statements {
            needs.extend(self::needs(&ground, *query, statement));
        }
        workload.assumed = usual::mark(&ground, rows, &mut needs);
        workload.groups = groups(&ground, &needs);
        let cost = WriteCost::new(statements.iter().map(|(_, statement)| statement));
        let sketches = all_sketches(&ground, &statements, &needs, &cost);
        let asks_prefixes = collation::matters(&ground, &sketches);
        let (mut candidates, sketches): (Vec<Candidate>, Vec<Sketch>) =
            candidates(&ground, &sketches, &cost).into_iter().unzip();
        for (candidate, sketch) in candidates.iter_mut().zip(&sketches) {
            if let Some(presumed) = usual::presumed(&ground, &workload.assumed, sketch) {
                candidate.reason = format!("{}; {presumed}", candidate.reason);
            }
        }
        let asked = asked(&ground, &trees);
        Self {
            workload,
            refused,
            candidates,
            sketches,
            ground,
            statements,
            needs,
            cost,
            asked,
            asks_prefixes,
        }
    }

    /// The tables that the queries read or write, and those that candidates are for.
    pub(super) fn tables(&self) -> HashSet<Oid> {
        let read =
            self.statements.iter().flat_map(|(_, it)| &it.tables).filter_map(|it| it.relation);
        let written = self.statements.iter().flat_map(|(_, it)| &it.changes).map(|it| it.relation);
        // The checks of foreign keys read these.
        let keys = self.ground.foreign_keys.iter().map(|key| key.child);
        let children = keys.filter(|child| {
            self.ground.catalog.relation(*child).is_some_and(|relation| {
                self.candidates.iter().any(|it| {
                    (&it.index.schema, &it.index.table) == (&relation.schema, &relation.name)
                })
            })
        });
        read.chain(written).chain(children).collect()
    }

    /// Schema and name of the partitioned ones among them.
    pub(super) fn partitioned(&self) -> HashSet<(String, String)> {
        let indexed = self.ground.existing.iter().map(|index| index.relation);
        let all = self.tables().into_iter().chain(indexed);
        let relations = all.filter_map(|oid| self.ground.catalog.relation(oid));
        let partitioned = relations.filter(|relation| relation.relkind == 'p');
        partitioned.map(|it| (it.schema.clone(), it.name.clone())).collect()
    }

    /// What an expert would make who cannot try anything: each query with the number of a candidate. One that is
    /// there already is not made again, whether or not plans use it.
    pub(super) fn preferred(&self) -> Vec<(QueryId, usize)> {
        let several = several(&self.needs);
        let mut all = Vec::new();
        for need in &self.needs {
            for answers in answers(&self.ground, need, &several) {
                let number =
                    |answer: &Sketch| self.sketches.iter().position(|it| is_akin(it, answer));
                let best = answers.iter().take_while(|it| !self.ground.has(it)).find_map(number);
                all.extend(best.map(|number| (need.query, number)));
            }
        }
        all
    }

    /// The indexes that there are.
    pub fn existing(&self) -> Vec<IndexDefinition> {
        self.ground.existing.iter().map(|index| index.definition.clone()).collect()
    }
}

fn workload_query(
    ground: &Ground<'_>,
    query: &Query,
    description: &Description,
    statement: &Statement,
    types: &[u32],
) -> WorkloadQuery {
    let (parameters, literals) = hints(ground, statement, types);
    WorkloadQuery {
        name: query.label().to_owned(),
        sql: query.sql.clone(),
        parameters,
        trees: description.queries.clone(),
        literals,
    }
}

/// What could serve, whether it is there or not: it follows from the queries and from the schema alone, so that
/// a run after an index was created looks at the same ones.
fn all_sketches(
    ground: &Ground<'_>,
    statements: &[(QueryId, Statement)],
    needs: &[Need],
    cost: &WriteCost,
) -> Vec<Sketch> {
    let mut all = Vec::new();
    let several = several(needs);
    for need in needs {
        let found = sketches(ground, need, &several);
        let wider: Vec<Sketch> =
            found.iter().filter_map(|sketch| covering(ground, need, sketch, cost)).collect();
        all.extend(found);
        all.extend(wider);
    }
    all = one_document_class(ground, all);
    prefix_classes(ground, &mut all);
    all.extend(referring(ground, statements));
    merged(all)
}

/// Those to try.
fn candidates(
    ground: &Ground<'_>,
    sketches: &[Sketch],
    cost: &WriteCost,
) -> Vec<(Candidate, Sketch)> {
    let mut names = ground.names();
    let is_new = |it: &&Sketch| it.is_asked && !ground.has(it) && !is_outdone(ground, it, sketches);
    let new = sketches.iter().filter(is_new);
    let candidates = new.filter_map(|it| Some((it.candidate(ground, cost)?, it.clone())));
    let mut candidates: Vec<(Candidate, Sketch)> = candidates.collect();
    candidates.sort_by_key(|(candidate, _)| order(&candidate.index));
    candidates.iter_mut().for_each(|(candidate, _)| names.name(&mut candidate.index));
    candidates
}

/// The class that knows prefixes knows equality, too: one index for both.
fn prefix_classes(ground: &Ground<'_>, sketches: &mut [Sketch]) {
    let is_prefix = |key: &&Key| {
        let class = ground.classes.iter().find(|it| it.oid == key.class);
        class.is_some_and(|it| it.name.ends_with("_pattern_ops") && it.method == "btree")
    };
    let prefixes: Vec<(Oid, Key)> = sketches
        .iter()
        .flat_map(|it| it.keys().filter(is_prefix).map(|key| (it.relation, key.clone())))
        .collect();
    for sketch in sketches.iter_mut().filter(|it| it.method == "btree") {
        for key in sketch.free.iter_mut().filter(|key| key.class == 0) {
            let same = |(relation, prefix): &&(Oid, Key)| {
                *relation == sketch.relation && prefix.expr == key.expr && key.collation == 0
            };
            if let Some((_, prefix)) = prefixes.iter().find(same) {
                key.class = prefix.class;
            }
        }
    }
}

/// Documents that are searched by key need the class that knows keys; it knows containment, too. Where that is all
/// that is asked, the smaller class is enough.
fn one_document_class(ground: &Ground<'_>, sketches: Vec<Sketch>) -> Vec<Sketch> {
    let class = |key: &Key| ground.classes.iter().find(|it| it.oid == key.class);
    let is_paths = |key: &Key| class(key).is_some_and(|it| it.name == "jsonb_path_ops");
    let is_keys =
        |key: &Key| class(key).is_some_and(|it| it.name == "jsonb_ops" && it.method == "gin");
    let document = |sketch: &Sketch| match &sketch.tail[..] {
        [key] if is_paths(key) || is_keys(key) => Some((sketch.relation, key.expr.clone())),
        _ => None,
    };
    // A query that only the class of keys was proposed for.
    let needs_keys = |of: &(u32, Expr)| {
        let on = || sketches.iter().filter(|sketch| document(sketch).as_ref() == Some(of));
        let paths: BTreeSet<QueryId> = on()
            .filter(|sketch| sketch.tail.iter().any(is_paths))
            .flat_map(|sketch| sketch.serves.clone())
            .collect();
        on().any(|sketch| !sketch.serves.is_subset(&paths))
    };
    let stays = |sketch: &Sketch| match document(sketch) {
        Some(of) => sketch.tail.iter().any(is_keys) == needs_keys(&of),
        None => true,
    };
    let stay: Vec<bool> = sketches.iter().map(stays).collect();
    sketches.into_iter().zip(stay).filter(|(_, stays)| *stays).map(|(sketch, _)| sketch).collect()
}

/// What does not depend on the order of the queries.
fn order(index: &IndexDefinition) -> (String, usize, String) {
    (index.table_sql(), index.keys.len(), index.create_sql(false))
}

impl Ground<'_> {
    /// Whether there is this very index already. One that begins with it is tried beside it: so it is in the run that
    /// proposes both, and the next run has to come to the same.
    fn has(&self, sketch: &Sketch) -> bool {
        let Some(wanted) = sketch.definition(self) else { return false };
        self.indexes_of(sketch.relation).any(|index| {
            let there = &index.definition;
            wanted.keys == there.keys
                && wanted.method == there.method
                && wanted.include.is_empty()
                && wanted.predicate.is_none()
                && there.predicate.is_none()
        })
    }

    /// Names that are not taken.
    pub(super) fn names(&self) -> Names {
        Names::new(self.relation_names())
    }
}
