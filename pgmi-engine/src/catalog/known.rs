//! Objects of one kind, by their oid: all of them, or those that somebody asked for.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, PoisonError};

use super::Oid;

/// What was read of one kind of objects. Where only some were, a question that cannot be answered is noted, so
/// that what it is about can be read and the question be asked again.
#[derive(Debug)]
pub(super) struct Known<T> {
    found: HashMap<Oid, T>,
    /// None where all there are were read.
    sparing: Option<Sparing>,
}

#[derive(Debug, Default)]
struct Sparing {
    /// What has been read, be it there or not.
    read: HashSet<Oid>,
    missed: Mutex<HashSet<Oid>>,
}

impl<T> Default for Known<T> {
    /// All of nothing.
    fn default() -> Self {
        Self::all(HashMap::new())
    }
}

impl<T> Known<T> {
    /// There are no others.
    pub fn all(found: HashMap<Oid, T>) -> Self {
        Self { found, sparing: None }
    }

    /// Nothing was read so far.
    pub fn nothing() -> Self {
        Self { found: HashMap::new(), sparing: Some(Sparing::default()) }
    }

    pub fn get(&self, oid: Oid) -> Option<&T> {
        let found = self.found.get(&oid);
        if let (None, Some(sparing)) = (found, &self.sparing)
            && oid != 0
            && !sparing.read.contains(&oid)
        {
            sparing.missed.lock().unwrap_or_else(PoisonError::into_inner).insert(oid);
        }
        found
    }

    /// Whether something was asked for in vain.
    pub fn lacks(&self) -> bool {
        let missed = self.sparing.as_ref().map(|it| &it.missed);
        missed.is_some_and(|it| !it.lock().unwrap_or_else(PoisonError::into_inner).is_empty())
    }

    /// What was asked for in vain since the last time, in order.
    pub fn take_missed(&mut self) -> Vec<Oid> {
        let Some(sparing) = &mut self.sparing else { return Vec::new() };
        let missed = sparing.missed.get_mut().unwrap_or_else(PoisonError::into_inner);
        let mut missed: Vec<_> = missed.drain().collect();
        missed.sort_unstable();
        missed
    }

    /// Takes what was found of these.
    pub fn learn(&mut self, asked: &[Oid], found: HashMap<Oid, T>) {
        self.found.extend(found);
        if let Some(sparing) = &mut self.sparing {
            sparing.read.extend(asked);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_missed_is_asked_for_once() {
        let mut known = Known::nothing();
        assert_eq!(
            (known.get(0), known.get(2), known.get(1), known.get(2)),
            (None, None, None, None)
        );
        assert!(known.lacks());
        assert_eq!(known.take_missed(), [1, 2], "0 is no object");
        known.learn(&[1, 2], HashMap::from([(1, "one")]));
        assert_eq!((known.get(1), known.get(2)), (Some(&"one"), None));
        assert!(!known.lacks(), "there is no 2");

        let mut all = Known::all(HashMap::from([(1, "one")]));
        assert_eq!((all.get(1), all.get(2)), (Some(&"one"), None));
        assert!(all.take_missed().is_empty());
    }
}
