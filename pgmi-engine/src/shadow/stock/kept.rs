//! Databases that somebody may still want to look at.

use std::time::{Duration, Instant};

/// How many are kept at once.
const MOST: usize = 16;

/// What was kept, the oldest first.
#[derive(Debug, Default)]
pub(super) struct Kept(Vec<Entry>);

#[derive(Debug)]
struct Entry {
    what_for: String,
    name: String,
    since: Instant,
}

impl Kept {
    /// Adds one. Returns those that go for it: the one of the same purpose, and what is too much.
    pub(super) fn add(&mut self, what_for: &str, name: &str, now: Instant) -> Vec<String> {
        let mut gone = self.take(|entry| entry.what_for == what_for);
        self.0.push(Entry { what_for: what_for.to_owned(), name: name.to_owned(), since: now });
        let excess = self.0.len().saturating_sub(MOST);
        gone.extend(self.0.drain(..excess).map(|entry| entry.name));
        gone
    }

    /// Those whose time is over.
    pub(super) fn expired(&mut self, lifetime: Duration, now: Instant) -> Vec<String> {
        self.take(|entry| now.duration_since(entry.since) >= lifetime)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn take(&mut self, is_gone: impl Fn(&Entry) -> bool) -> Vec<String> {
        let (gone, stays) = std::mem::take(&mut self.0).into_iter().partition(is_gone);
        self.0 = stays;
        let gone: Vec<Entry> = gone;
        gone.into_iter().map(|entry| entry.name).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_of_each_purpose_stay_for_a_while() {
        let (mut kept, now) = (Kept::default(), Instant::now());
        assert!(kept.add("a", "a1", now).is_empty());
        assert_eq!(kept.add("a", "a2", now), ["a1"]);
        let more: Vec<String> = (0..MOST)
            .flat_map(|number| kept.add(&format!("b{number}"), &format!("b{number}"), now))
            .collect();
        assert_eq!(more, ["a2"], "no more than {MOST}");
        let hour = Duration::from_secs(3600);
        assert!(kept.expired(hour, now).is_empty());
        assert_eq!(kept.expired(hour, now + hour).len(), MOST);
        assert!(kept.is_empty());
    }
}
