//! What to create, what to drop, and what no index helps with.

use postgres::Client;

use super::ground::{ExistingIndex, Ground, NameKind};
use super::lint::{Lint, invalid, lints};
use super::need::{Key, Need, Use, UseKind};
use super::propose::unserved;
use super::redundant::{Superseded, superseded};
use super::{Candidate, IndexDefinition, Proposal, QueryId};
use crate::Result;
use crate::catalog::Oid;
use crate::describe::tree::Expr;
use crate::diagnostic::{Code, Diagnostic};

/// An index that goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dropped {
    pub index: IndexDefinition,
    pub reason: String,
    /// Whether queries are served as well without it, trying tells.
    pub needs_trial: bool,
}

/// A query that no index helps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unhelped {
    pub query: QueryId,
    /// As SQL names it.
    pub table: String,
    pub reason: String,
    pub rewrite: Option<String>,
}

/// What follows once it is known which candidates are worth it.
#[derive(Clone, Debug, Default)]
pub struct Conclusion {
    /// The names of those created or needed that others make superfluous: the next run would drop them.
    pub outdone: Vec<String>,
    /// Those that foreign keys need besides what was tried out.
    pub needed: Vec<Candidate>,
    /// Those that others make superfluous.
    pub superseded: Vec<Dropped>,
    /// Those that nothing of what was looked at uses. Others may.
    pub unused: Vec<Dropped>,
    pub unhelped: Vec<Unhelped>,
    /// What is wrong with those that must stay.
    pub lints: Vec<Lint>,
}

impl<'a> Proposal<'a> {
    /// What follows when these candidates are created and these indexes dropped. They are, in a transaction that is
    /// rolled back, so that they are compared with what there is as PostgreSQL itself says them. `is_external` tells
    /// tables that others use, too.
    ///
    /// # Errors
    /// [`Code::CatalogUnreadable`]; [`Code::DatabaseSetup`] when one of them cannot be created.
    pub fn conclude(
        &self,
        client: &mut Client,
        created: &[Candidate],
        gone: &[Dropped],
        is_external: &dyn Fn(&IndexDefinition) -> bool,
    ) -> Result<Conclusion> {
        client.batch_execute("begin").map_err(|error| failed(&error))?;
        let conclusion = self.concluded(client, created, gone, is_external);
        // What went wrong before is what matters.
        let _ = client.batch_execute("rollback");
        conclusion
    }

    fn concluded(
        &self,
        client: &mut Client,
        created: &[Candidate],
        gone: &[Dropped],
        is_external: &dyn Fn(&IndexDefinition) -> bool,
    ) -> Result<Conclusion> {
        for dropped in gone {
            let sql = dropped.index.drop_sql(false);
            client.batch_execute(&sql).map_err(|error| failed(&error))?;
        }
        for candidate in created {
            let sql = candidate.index.create_sql(false);
            client.batch_execute(&sql).map_err(|error| failed(&error))?;
        }
        let mut after = self.ground.read_again(client)?;
        let mut needed = self.needed(client, &mut after)?;
        let new: Vec<&str> =
            created.iter().chain(&needed).map(|it| it.index.name.as_str()).collect();
        let outdone = outdone(&after, &new);
        let new: Vec<&str> =
            new.into_iter().filter(|it| !outdone.iter().any(|of| of == it)).collect();
        after.existing.retain(|it| !outdone.contains(&it.definition.name));
        let mut superseded = dropped(&after, &new);
        superseded.retain(|it| !it.needs_trial || !is_external(&it.index));
        let is_going =
            |index: &ExistingIndex| superseded.iter().any(|it| it.index == index.definition);
        let unused = after.existing.iter().filter(|index| {
            !new.contains(&&*index.definition.name)
                && index.must_stay().is_none()
                && index.is_valid
                && !is_going(index)
                && !is_external(&index.definition)
                && !self.is_used(index)
                && !self.is_read_through_parent(index)
        });
        let unused = unused.map(|index| Dropped {
            index: index.definition.clone(),
            reason: "no query of the project has a condition or an order that it serves".to_owned(),
            needs_trial: false,
        });
        let unused = unused.collect();
        let (unhelped, lints) = (self.unhelped(&after), lints(&after));
        needed.retain(|it| !outdone.contains(&it.index.name));
        Ok(Conclusion { outdone, needed, superseded, unused, unhelped, lints })
    }

    /// Creates what foreign keys need, unless it is there by now.
    fn needed(&self, client: &mut Client, after: &mut Ground<'a>) -> Result<Vec<Candidate>> {
        let mut needed = Vec::new();
        // One may serve several.
        while let Some(sketch) = unserved(after, &self.statements).into_iter().next() {
            let Some(mut candidate) = sketch.candidate(after, &self.cost) else { break };
            after.names().name(&mut candidate.index);
            let sql = candidate.index.create_sql(false);
            client.batch_execute(&sql).map_err(|error| failed(&error))?;
            needed.push(candidate);
            *after = self.ground.read_again(client)?;
        }
        Ok(needed)
    }

    /// Whether something that was looked at could use the index: its first key, or a foreign key.
    fn is_used(&self, index: &ExistingIndex) -> bool {
        let Some(first) = index.keys.first() else { return true };
        // That of an expression is not always said.
        let is_column = matches!(first, Expr::Var(_));
        let collation = index.definition.keys.first().and_then(|it| it.collation.as_deref());
        let is_first = |key: &Key| {
            let compared = self.ground.name(NameKind::Collation, key.collation);
            key.expr == *first && (!is_column || compared == collation)
        };
        let mut of_query = self.needs.iter().filter(|need| need.relation == index.relation);
        let by_query = of_query
            .any(|need| mentions(need, &is_first, &index.predicate) || reads_only(need, first));
        let by_key = self.ground.foreign_keys.iter().any(|key| {
            key.child == index.relation
                && matches!(first, Expr::Var(var) if key.columns.contains(&var.attribute))
        });
        by_query || by_key
    }

    /// Whether a query reads the table of the index as a partition or a child of another one. What it asks of that one
    /// it asks of this, whose columns may have other numbers.
    fn is_read_through_parent(&self, index: &ExistingIndex) -> bool {
        let mut parents = self.needs.iter().filter(|need| need.relation != index.relation);
        parents.any(|need| {
            self.ground.catalog.family(need.relation).iter().any(|it| it.oid == index.relation)
        })
    }

    fn unhelped(&self, after: &Ground<'_>) -> Vec<Unhelped> {
        let mut all: Vec<Unhelped> = Vec::new();
        for need in &self.needs {
            if need.is_unique || helps(need) {
                continue;
            }
            let table = after.name(NameKind::Relation, need.relation);
            for refused in &need.refused {
                let found = Unhelped {
                    query: need.query,
                    table: table.unwrap_or_default().to_owned(),
                    reason: refused.reason.clone(),
                    rewrite: refused.rewrite.clone(),
                };
                if !all.contains(&found) {
                    all.push(found);
                }
            }
        }
        all
    }
}

/// Whether an index can find the rows, whether or not there is one.
fn helps(need: &Need) -> bool {
    let finds = |found: &Use| {
        // By a join rows are found only where some of the other side are.
        found.is_given()
            && !matches!(found.kind, UseKind::Predicate | UseKind::IsNotNull | UseKind::Bool(_))
    };
    need.uses.iter().any(finds) || need.limited && !need.order.is_empty()
}

fn mentions(need: &Need, is_first: &dyn Fn(&Key) -> bool, predicate: &[Expr]) -> bool {
    let in_use = |found: &Use| is_of(found, is_first) || predicate.contains(&found.condition);
    need.uses.iter().any(in_use) || need.order.iter().chain(&need.extremes).any(is_first)
}

/// A query of the key alone may read the index in place of the table.
fn reads_only(need: &Need, first: &Expr) -> bool {
    let column = |reads: &Vec<i32>| matches!(first, Expr::Var(it) if reads[..] == [it.attribute]);
    need.uses.is_empty() && need.aggregates && need.reads.as_ref().is_some_and(column)
}

fn is_of(found: &Use, is_first: &dyn Fn(&Key) -> bool) -> bool {
    match &found.kind {
        UseKind::Or(arms) => arms.iter().flatten().any(|arm| is_of(arm, is_first)),
        UseKind::Rows(keys) => keys.iter().any(is_first),
        _ => is_first(&found.key),
    }
}

/// Those of the new ones that are superfluous whatever trying says.
fn outdone(after: &Ground<'_>, new: &[&str]) -> Vec<String> {
    let mut going: Vec<Oid> = Vec::new();
    let mut names = Vec::new();
    for index in after.existing.iter().filter(|it| new.contains(&&*it.definition.name)) {
        let others = after.existing.iter().filter(|other| !going.contains(&other.oid));
        if superseded(index, others).is_some_and(|found| !found.needs_trial) {
            going.push(index.oid);
            names.push(index.definition.name.clone());
        }
    }
    names
}

fn dropped(after: &Ground<'_>, new: &[&str]) -> Vec<Dropped> {
    let mut going: Vec<Oid> = Vec::new();
    let mut all = Vec::new();
    for index in &after.existing {
        // What was proposed has been weighed already.
        if new.contains(&&*index.definition.name) {
            continue;
        }
        let others = after.existing.iter().filter(|other| !going.contains(&other.oid));
        let invalid = invalid(index, after);
        let invalid = invalid.map(|reason| Superseded { reason, needs_trial: false });
        if let Some(found) = invalid.or_else(|| superseded(index, others)) {
            going.push(index.oid);
            let Superseded { reason, needs_trial } = found;
            all.push(Dropped { index: index.definition.clone(), reason, needs_trial });
        }
    }
    name_what_stays(&mut all, after);
    all
}

/// An index that goes for another that goes, too, goes for the one that stays; as long as there is one that does for
/// the same reason.
fn name_what_stays(all: &mut [Dropped], after: &Ground<'_>) {
    let going: Vec<IndexDefinition> = all.iter().map(|it| it.index.clone()).collect();
    for dropped in all.iter_mut().filter(|it| !it.needs_trial) {
        let index = after.existing.iter().find(|it| it.definition == dropped.index);
        let Some(index) = index.filter(|it| invalid(it, after).is_none()) else { continue };
        let staying = after.existing.iter().filter(|it| !going.contains(&it.definition));
        if let Some(found) = superseded(index, staying).filter(|it| !it.needs_trial) {
            dropped.reason = found.reason;
        }
    }
}

fn failed(error: &postgres::Error) -> crate::Error {
    let message = "an index cannot be created in the throwaway database";
    let diagnostic = Diagnostic::error(Code::DatabaseSetup, message);
    match error.as_db_error() {
        Some(error) => diagnostic.server(crate::connection::server_error(error)),
        None => diagnostic.note(error.to_string()),
    }
    .into()
}
