//! The indexes that one need could use: equality first, then the order or one range.

use std::collections::BTreeSet;

use super::super::CandidateKind;
use super::super::ground::Ground;
use super::super::need::{Key, Need, Use, UseKind, Value};
use super::partial::Several;
use super::{Sketch, partial};
use crate::catalog::Oid;

/// The indexes that a need could use. Which of them is worth it is for trying them out to say.
pub(in crate::index) fn sketches(
    ground: &Ground<'_>,
    need: &Need,
    several: &Several,
) -> Vec<Sketch> {
    if need.is_unique {
        return Vec::new();
    }
    let need = Reader { ground, need };
    let mut all = need.btrees();
    all.extend(need.special());
    all.extend(need.alternatives(several));
    let partial: Vec<Sketch> = partial::variants(&need, &all, several);
    all.extend(partial);
    all
}

pub(super) struct Reader<'r> {
    pub ground: &'r Ground<'r>,
    pub need: &'r Need,
}

impl Reader<'_> {
    pub fn uses(&self) -> impl Iterator<Item = &Use> {
        self.need.uses.iter()
    }

    pub fn btrees(&self) -> Vec<Sketch> {
        let mut all = Vec::new();
        for free in self.equalities() {
            for tail in self.tails(&free) {
                all.extend(self.btree(&free, &tail));
            }
        }
        all
    }

    /// The sets of keys that may be fixed: by values that are given alone, and by those and one other table.
    fn equalities(&self) -> Vec<Vec<Key>> {
        let mut all = vec![self.fixed(|value| !matches!(value, Value::Joined(_)))];
        // What is written out may be the case for most rows.
        let given = self.fixed(|value| *value == Value::Given);
        all.extend((!given.is_empty()).then_some(given));
        let mut partners: BTreeSet<Vec<usize>> = BTreeSet::new();
        for found in self.uses().filter(|it| it.kind == UseKind::Equal) {
            if let Value::Joined(tables) = &found.value {
                partners.insert(tables.clone());
            }
        }
        for partner in &partners {
            let joined = self.fixed(|value| match value {
                Value::Joined(tables) => tables.iter().all(|table| partner.contains(table)),
                _ => true,
            });
            all.push(joined);
        }
        if partners.len() > 1 {
            all.push(self.fixed(|_| true));
        }
        // The columns of a join that leads nowhere but to the rows of the other side.
        let bare: Vec<Vec<Key>> = partners
            .iter()
            .map(|partner| {
                self.fixed(|value| matches!(value, Value::Joined(tables) if tables == partner))
            })
            .collect();
        all.extend(bare);
        distinct(all)
    }

    fn fixed(&self, wanted: impl Fn(&Value) -> bool) -> Vec<Key> {
        let mut keys: Vec<Key> = Vec::new();
        // What most rows are like leads to none of them.
        let is_fixing = |it: &&Use| it.is_equality() && !it.is_usual && wanted(&it.value);
        let uses = self.uses().filter(is_fixing);
        // What is given finds rows by itself; it stands in front.
        let (given, joined): (Vec<&Use>, Vec<&Use>) = uses.partition(|it| it.is_given());
        for found in given.into_iter().chain(joined) {
            if !keys.iter().any(|key| key.is_like(&found.key)) && self.is_orderable(&found.key) {
                keys.push(found.key.clone());
            }
        }
        keys
    }

    /// Whether a B-tree can keep it.
    fn is_orderable(&self, key: &Key) -> bool {
        self.ground.family_of(key).is_some()
    }

    /// What may stand behind keys that are fixed.
    fn tails(&self, free: &[Key]) -> Vec<Vec<Key>> {
        let is_free = |key: &Key| free.iter().any(|it| it.expr == key.expr);
        let mut tails: Vec<Vec<Key>> = Vec::new();
        let any: Vec<Key> = self
            .uses()
            .filter(|it| it.kind == UseKind::AnyOf && it.is_given() && self.is_orderable(&it.key))
            .map(|it| it.key.clone())
            .collect();
        let any: Vec<Key> = distinct(any).into_iter().filter(|key| !is_free(key)).collect();
        let order: Vec<Key> = self.order().into_iter().filter(|key| !is_free(key)).collect();
        if !order.is_empty() {
            // Several values in front would break the order.
            tails.push([order.clone(), not_in(&any, &order)].concat());
            if order.len() > 1 && free.is_empty() {
                tails.push(order.iter().take(1).cloned().collect());
            }
        }
        let ranges = self.ranges();
        let ranges: Vec<&Key> = ranges.iter().filter(|key| !is_free(key)).collect();
        for range in &ranges {
            if !any.iter().any(|key| key.expr == range.expr) {
                tails.push([any.clone(), vec![(*range).clone()]].concat());
            }
        }
        for found in self.uses() {
            if let UseKind::Rows(keys) = &found.kind
                && !keys.iter().any(is_free)
            {
                tails.push(keys.clone());
            }
        }
        // Without an order or a range, what is fixed is all there is.
        if tails.is_empty() {
            tails.push(any);
        }
        distinct(tails)
    }

    pub fn order(&self) -> Vec<Key> {
        let need = self.need;
        let read_in_order = (need.limited || need.of_each) && !need.order.is_empty();
        let order = match (&need.extremes[..], read_in_order) {
            ([_], _) => &need.extremes,
            (_, true) => &need.order,
            _ => return Vec::new(),
        };
        let orderable = order.iter().take_while(|key| self.is_orderable(key));
        orderable.cloned().collect()
    }

    fn ranges(&self) -> Vec<Key> {
        let ranges = self.uses().filter(|it| it.kind == UseKind::Range && it.is_given());
        distinct(ranges.map(|it| it.key.clone()).collect())
    }

    fn btree(&self, free: &[Key], tail: &[Key]) -> Option<Sketch> {
        if free.is_empty() && tail.is_empty() {
            return None;
        }
        let free: Vec<Key> = free.iter().filter(|key| !self.is_wide(key)).cloned().collect();
        if free.is_empty() && tail.is_empty() {
            return None;
        }
        let reason = self.reason(free.iter().chain(tail));
        let sketch = self.sketch("btree", free, plain_direction(tail.to_vec()));
        Some(Sketch { reason, ..sketch })
    }

    /// What the keys are for, in words.
    fn reason<'k>(&self, keys: impl Iterator<Item = &'k Key>) -> String {
        let mut words: Vec<String> = Vec::new();
        for key in keys {
            let found = self.uses().find(|it| it.key.expr == key.expr);
            let shown = |expr| self.ground.sql(self.need.relation, expr);
            let column = shown(&key.expr).unwrap_or_default();
            let word = match found {
                Some(found) => match &found.value {
                    Value::Joined(_) => format!("joined by {column}"),
                    _ => shown(&found.condition).unwrap_or(column),
                },
                None if self.need.extremes.contains(key) => format!("the first or last {column}"),
                None => format!("ordered by {column}"),
            };
            if !words.contains(&word) {
                words.push(word);
            }
        }
        words.join(", ")
    }

    /// A B-tree cannot keep what is larger than a third of a page, as documents easily are.
    fn is_wide(&self, key: &Key) -> bool {
        const JSONB: Oid = 3802;
        const TSVECTOR: Oid = 3614;
        matches!(key.type_oid, JSONB | TSVECTOR)
    }

    pub fn sketch(&self, method: &str, free: Vec<Key>, tail: Vec<Key>) -> Sketch {
        Sketch {
            relation: self.need.relation,
            method: method.to_owned(),
            free,
            tail,
            include: Vec::new(),
            predicate: Vec::new(),
            serves: BTreeSet::from([self.need.query]),
            kind: CandidateKind::Needed,
            is_asked: true,
            reason: String::new(),
        }
    }

    /// What only GIN, GiST and the like can look for, and walking in the order of a distance.
    pub fn special(&self) -> Vec<Sketch> {
        let mut all = Vec::new();
        for found in self.uses() {
            let UseKind::Special(classes) = &found.kind else { continue };
            for choice in classes {
                all.extend(self.by_class(&found.key, choice.class));
            }
        }
        if let Some(nearest) = self.need.order.first().filter(|key| self.is_distance(key)) {
            all.extend(self.by_class(nearest, nearest.class));
        }
        all
    }

    fn is_distance(&self, key: &Key) -> bool {
        let class = self.ground.classes.iter().find(|it| it.oid == key.class);
        class.is_some_and(|it| it.method != "btree")
    }

    /// Alone, and behind the columns that are fixed where the method can keep those.
    fn by_class(&self, key: &Key, class: Oid) -> Vec<Sketch> {
        let Some(found) = self.ground.classes.iter().find(|it| it.oid == class) else {
            return Vec::new();
        };
        let key = Key { class, ..key.clone() };
        let reason = self.reason(std::iter::once(&key));
        let alone = self.sketch(&found.method, Vec::new(), vec![key.clone()]);
        let mut all = vec![Sketch { reason: reason.clone(), ..alone }];
        let fixed = self.fixed(|value| !matches!(value, Value::Joined(_)));
        let kept = fixed.iter().filter_map(|fixed| {
            let class = self.ground.default_class(&found.method, fixed.type_oid)?;
            (found.method == "gist").then(|| Key { class: class.oid, ..fixed.clone() })
        });
        let kept: Vec<Key> = kept.collect();
        if !kept.is_empty() {
            all.push(Sketch { reason, ..self.sketch(&found.method, kept, vec![key]) });
        }
        all
    }

    /// Each arm of OR has its own index.
    fn alternatives(&self, several: &Several) -> Vec<Sketch> {
        let mut all = Vec::new();
        for found in self.uses() {
            let UseKind::Or(arms) = &found.kind else { continue };
            for arm in arms {
                all.extend(sketches(self.ground, &self.arm(arm), several));
            }
        }
        all
    }

    /// What one arm of OR asks for.
    pub fn arm(&self, arm: &[Use]) -> Need {
        Need {
            uses: arm.to_vec(),
            order: Vec::new(),
            extremes: Vec::new(),
            refused: Vec::new(),
            ..self.need.clone()
        }
    }
}

/// An index can be read backwards: where every key of the order goes down, it goes up.
pub(super) fn plain_direction(tail: Vec<Key>) -> Vec<Key> {
    let mirrored = |key: &Key| Key {
        descending: !key.descending,
        nulls_first: !key.nulls_first,
        ..key.clone()
    };
    match tail.first() {
        Some(first) if first.descending && tail.iter().all(|key| key.descending) => {
            tail.iter().map(mirrored).collect()
        }
        _ => tail,
    }
}

pub(super) fn distinct<T: PartialEq>(all: Vec<T>) -> Vec<T> {
    let mut found: Vec<T> = Vec::new();
    for one in all {
        if !found.contains(&one) {
            found.push(one);
        }
    }
    found
}

fn not_in(keys: &[Key], others: &[Key]) -> Vec<Key> {
    let is_in = |key: &Key| others.iter().any(|other| other.expr == key.expr);
    keys.iter().filter(|key| !is_in(key)).cloned().collect()
}
