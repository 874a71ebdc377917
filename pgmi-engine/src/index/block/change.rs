//! What a statement writes.

use super::Change;
use super::lower::Lowering;
use crate::describe::tree::{Command, RteKind, Target};

impl Lowering<'_, '_> {
    pub(super) fn change(&mut self, scope: usize) {
        let query = self.scopes[scope].query;
        let Some(entry) = query.table(query.result_relation) else { return };
        let RteKind::Relation { oid, .. } = entry.kind else { return };
        let columns = |targets: &[Target]| {
            let numbers = targets.iter().filter(|target| !target.junk);
            numbers.filter_map(|target| i32::try_from(target.number).ok()).collect::<Vec<_>>()
        };
        let mut add = |command, columns| {
            self.statement.changes.push(Change { relation: oid, command, columns });
        };
        match query.command {
            Command::Update | Command::Insert | Command::Delete => {
                add(query.command, columns(&query.targets));
            }
            Command::Merge => {
                let actions = query.merge_actions.iter();
                actions.for_each(|action| add(action.command, columns(&action.targets)));
            }
            _ => {}
        }
        if let Some(conflict) = &query.on_conflict
            && conflict.updates
        {
            add(Command::Update, columns(&conflict.targets));
        }
    }
}
