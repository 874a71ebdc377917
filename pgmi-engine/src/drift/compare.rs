//! Two lists of objects, held against each other.

use std::collections::{BTreeMap, BTreeSet};

use postgres::Row;

/// What is different from what was recorded.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Drift {
    pub recorded: Recorded,
    /// How many objects there are now.
    pub objects: usize,
    /// By kind and name; nothing when all is as it was.
    pub changes: Vec<Change>,
}

/// When, by whom, by what.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Recorded {
    /// As PostgreSQL writes a `timestamptz`, in UTC.
    pub at: String,
    /// The role that deployed.
    pub by: String,
    pub server_version: String,
    pub pgmi_version: String,
    /// That of the server now: another major may write the same definition in other words.
    pub server_version_now: String,
    /// The last deployment since then that was not recorded: what it changed looks like drift.
    pub unrecorded: Option<Unrecorded>,
}

/// When, by whom.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Unrecorded {
    /// As [`Recorded::at`].
    pub at: String,
    pub by: String,
}

/// One object that is not what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// `table`, `column`, `function`, …
    pub kind: String,
    /// Qualified, quoted where SQL needs it.
    pub name: String,
    /// None: it was not there.
    pub before: Option<String>,
    /// None: it is gone.
    pub after: Option<String>,
}

/// What became of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhatChanged {
    Added,
    Changed,
    Removed,
}

impl Recorded {
    pub(super) fn of(row: &Row) -> Self {
        Self {
            at: row.get(0),
            by: row.get(1),
            server_version: row.get(2),
            pgmi_version: row.get(3),
            server_version_now: row.get(4),
            unrecorded: row
                .get::<_, Option<String>>(5)
                .zip(row.get(6))
                .map(|(at, by)| Unrecorded { at, by }),
        }
    }

    /// Whether another major compares than the one that recorded.
    pub fn is_of_another_major(&self) -> bool {
        let major = |version: &str| version.split('.').next().map(str::to_owned);
        major(&self.server_version) != major(&self.server_version_now)
    }
}

impl Change {
    pub fn what(&self) -> WhatChanged {
        match (&self.before, &self.after) {
            (None, _) => WhatChanged::Added,
            (_, None) => WhatChanged::Removed,
            _ => WhatChanged::Changed,
        }
    }
}

impl Drift {
    pub(super) fn of(recorded: Recorded, before: &[Row], after: &[Row]) -> Self {
        let changes = changes(&objects(before), &objects(after));
        Self { recorded, objects: after.len(), changes }
    }
}

/// By kind and name: what it belongs to, and its definition.
type Objects = BTreeMap<(String, String), (Option<String>, String)>;

fn objects(rows: &[Row]) -> Objects {
    rows.iter().map(|row| ((row.get(0), row.get(1)), (row.get(2), row.get(3)))).collect()
}

fn changes(before: &Objects, after: &Objects) -> Vec<Change> {
    let all: BTreeSet<_> = before.keys().chain(after.keys()).collect();
    let different = all.into_iter().filter(|key| {
        let definition = |objects: &Objects| objects.get(*key).map(|(_, text)| text.clone());
        definition(before) != definition(after)
    });
    let (come, gone) = (names(after, before), names(before, after));
    let changes = different.filter_map(|key| {
        let (was, is) = (before.get(key), after.get(key));
        // A table brings its columns, and takes them along.
        let with_its_parent = |of: Option<&(Option<String>, String)>, parents: &BTreeSet<&str>| {
            of.and_then(|(parent, _)| parent.as_deref()).is_some_and(|it| parents.contains(it))
        };
        let folded = match (was, is) {
            (None, _) => with_its_parent(is, &come),
            (_, None) => with_its_parent(was, &gone),
            _ => false,
        };
        let definition = |of: Option<&(Option<String>, String)>| of.map(|(_, text)| text.clone());
        (!folded).then(|| Change {
            kind: key.0.clone(),
            name: key.1.clone(),
            before: definition(was),
            after: definition(is),
        })
    });
    changes.collect()
}

/// Names of objects that stand for themselves and are in one list only.
fn names<'a>(of: &'a Objects, not_of: &Objects) -> BTreeSet<&'a str> {
    let own = of.iter().filter(|(key, (parent, _))| {
        let stands_alone = parent.is_none() || parent.as_ref() == Some(&key.1);
        stands_alone && !not_of.contains_key(*key)
    });
    own.map(|((_, name), _)| name.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn objects(list: &[(&str, &str, &str, &str)]) -> Objects {
        let own = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let object = |(kind, name, parent, definition): &(&str, &str, &str, &str)| {
            let key = ((*kind).to_owned(), (*name).to_owned());
            (key, (own(parent), (*definition).to_owned()))
        };
        list.iter().map(object).collect()
    }

    #[test]
    fn what_is_equal_is_not_told_and_a_table_stands_for_what_is_in_it() {
        let before = objects(&[
            ("table", "s.t", "", "owner a"),
            ("column", "s.t.a", "s.t", "integer"),
            ("column", "s.t.b", "s.t", "integer"),
            ("table", "s.old", "", "owner a"),
            ("column", "s.old.a", "s.old", "integer"),
        ]);
        let after = objects(&[
            ("column", "s.t.b", "s.t", "bigint"),
            ("column", "s.t.c", "s.t", "text"),
            ("table", "s.t", "", "owner a"),
            ("table", "s.new", "", "owner a"),
            ("column", "s.new.a", "s.new", "integer"),
        ]);
        let told: Vec<_> = changes(&before, &after)
            .iter()
            .map(|it| format!("{:?} {} {}", it.what(), it.kind, it.name))
            .collect();
        assert_eq!(
            told,
            [
                "Removed column s.t.a",
                "Changed column s.t.b",
                "Added column s.t.c",
                "Added table s.new",
                "Removed table s.old",
            ]
        );
        assert!(changes(&after, &after).is_empty());
    }
}
