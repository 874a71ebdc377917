//! What there is, what is wanted, and so what to do next. Nothing here talks to a server.

use std::collections::{BTreeMap, VecDeque};
use std::time::{Duration, Instant};

use super::kept::Kept;

/// How many copies of a template are ready at most.
const MOST: u64 = 32;

/// How much room they may take: their number is smaller where a copy is large.
const ROOM: u64 = 384 << 20;

/// How many used copies may wait while there is something better to do.
const BACKLOG: usize = 48;

/// Nobody has asked for anything for so long: time to clean up.
const LULL: Duration = Duration::from_millis(40);

/// Copies of a template that nobody has asked for since then go.
const STALE: Duration = Duration::from_secs(10);

/// What a worker is to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Job {
    /// Make a copy of this template.
    Copy(String),
    /// Drop this copy.
    Drop(String),
}

/// Everything that the threads of a stockkeeper share.
#[derive(Debug)]
pub(super) struct Shelf {
    piles: BTreeMap<String, Pile>,
    used: VecDeque<String>,
    pub(super) kept: Kept,
    dropping: usize,
    /// There was no room for a copy: first drop what can be.
    is_full: bool,
    last: Instant,
    /// No more copies are made.
    pub(super) is_closing: bool,
}

/// The copies of one template.
#[derive(Debug)]
pub(super) struct Pile {
    pub(super) ready: Vec<String>,
    /// Used, and as they were.
    pub(super) returned: Vec<String>,
    pub(super) waiting: usize,
    making: usize,
    /// How many were taken so far: a stock is as large as it is likely to be needed.
    taken: u64,
    most: u64,
    last: Instant,
    pub(super) trouble: Option<Trouble>,
}

/// Why there is no copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// There is no such template.
    Missing,
    /// There is no room for it.
    Full(String),
    Failed(String),
}

impl Shelf {
    pub(super) fn new(now: Instant) -> Self {
        Self {
            piles: BTreeMap::new(),
            used: VecDeque::new(),
            kept: Kept::default(),
            dropping: 0,
            is_full: false,
            last: now,
            is_closing: false,
        }
    }

    /// The pile of a template, noted as wanted now.
    pub(super) fn pile(&mut self, template: &str, now: Instant) -> &mut Pile {
        self.last = now;
        let new = || Pile {
            ready: Vec::new(),
            returned: Vec::new(),
            waiting: 0,
            making: 0,
            taken: 0,
            most: 1,
            last: now,
            trouble: None,
        };
        let pile = self.piles.entry(template.to_owned()).or_insert_with(new);
        pile.last = now;
        pile
    }

    /// Puts a copy where copies go that nobody needs.
    pub(super) fn discard(&mut self, name: String, now: Instant) {
        self.last = now;
        self.used.push_back(name);
    }

    /// Empties all piles; what was on them is to be dropped. Tells whether there was anything.
    pub(super) fn clear(&mut self) -> bool {
        let before = self.used.len();
        for pile in self.piles.values_mut() {
            self.used.extend(pile.ready.drain(..).chain(pile.returned.drain(..)));
        }
        self.used.len() > before
    }

    /// What is most urgent, marked as under way.
    pub(super) fn next(&mut self, now: Instant) -> Option<Job> {
        self.retire(now);
        self.is_full &= self.has_more_to_come();
        let wanted = if self.is_full { None } else { self.wanted() };
        let is_urgent = wanted.is_some();
        let copy = wanted.or_else(|| self.stock());
        let is_quiet = self.is_closing || now.duration_since(self.last) >= LULL;
        let is_time = self.is_full || self.used.len() > BACKLOG || copy.is_none() && is_quiet;
        // One at a time: DROP DATABASE waits for every session of the server, and one whose client does not read
        // what it asked for keeps it waiting. Those who need a copy should not.
        if !is_urgent
            && is_time
            && self.dropping == 0
            && let Some(name) = self.used.pop_front()
        {
            self.dropping += 1;
            return Some(Job::Drop(name));
        }
        let template = copy?;
        if let Some(pile) = self.piles.get_mut(&template) {
            pile.making += 1;
        }
        Some(Job::Copy(template))
    }

    /// Notes that a copy was made, or why not; `size` in bytes says how many there may be.
    pub(super) fn copied(&mut self, template: &str, result: Result<(String, u64), Trouble>) {
        let Some(pile) = self.piles.get_mut(template) else { return };
        pile.making -= 1;
        if matches!(result, Err(Trouble::Full(_))) {
            self.clear();
            self.is_full = self.has_more_to_come();
        }
        let is_full = self.is_full;
        let Some(pile) = self.piles.get_mut(template) else { return };
        match result {
            // Others need the room.
            Ok((name, _)) if is_full && pile.waiting == 0 => self.used.push_back(name),
            Ok((name, size)) => {
                pile.most = (ROOM / size.max(1)).clamp(1, MOST);
                pile.ready.push(name);
            }
            Err(Trouble::Full(_)) if is_full => pile.most = 1,
            // Those who wait are told; nobody else needs to know.
            Err(trouble) if pile.waiting > 0 => pile.trouble = Some(trouble),
            Err(_) => pile.taken = 0,
        }
    }

    /// Whether a full disk may soon be less so: what is superfluous goes, and so does what another copy that is
    /// under way has written, should it fail.
    fn has_more_to_come(&self) -> bool {
        let under_way = self.piles.values().any(|pile| pile.making > 0);
        under_way || self.dropping > 0 || !self.used.is_empty()
    }

    /// Notes that a copy was dropped.
    pub(super) fn dropped(&mut self) {
        self.dropping -= 1;
    }

    /// Whether there is nothing on the shelf and nothing under way.
    pub(super) fn is_empty(&self) -> bool {
        let idle = |pile: &Pile| pile.ready.len() + pile.returned.len() + pile.making == 0;
        self.used.is_empty() && self.dropping == 0 && self.piles.values().all(idle)
    }

    /// How long a worker without a job may sleep.
    pub(super) fn nap(&self) -> Duration {
        if self.used.is_empty() { STALE / 4 } else { LULL }
    }

    /// Somebody waits for it, and has not just been told that there is none.
    fn wanted(&self) -> Option<String> {
        let wanted =
            |pile: &Pile| pile.trouble.is_none() && pile.waiting > pile.ready.len() + pile.making;
        self.piles.iter().find(|(_, pile)| wanted(pile)).map(|(name, _)| name.clone())
    }

    /// Somebody is likely to ask for it. One at a time: tests need the processors too.
    fn stock(&self) -> Option<String> {
        if self.is_closing || self.is_full || self.piles.values().any(|pile| pile.making > 0) {
            return None;
        }
        let short = |pile: &Pile| (pile.ready.len() as u64) < pile.target();
        let short = self.piles.iter().filter(|(_, pile)| short(pile));
        short.max_by_key(|(_, pile)| pile.last).map(|(name, _)| name.clone())
    }

    /// Gives up what nobody asks for any more, while others ask for something else.
    fn retire(&mut self, now: Instant) {
        for pile in self.piles.values_mut() {
            if now.duration_since(pile.last) >= STALE && pile.waiting == 0 {
                pile.taken = 0;
                self.used.extend(pile.ready.drain(..).chain(pile.returned.drain(..)));
            }
        }
    }
}

impl Pile {
    /// Takes a copy, if one is ready.
    pub(super) fn take(&mut self, lent: bool) -> Option<String> {
        let returned = if lent { self.returned.pop() } else { None };
        if returned.is_some() {
            return returned;
        }
        let name = self.ready.pop()?;
        if !lent {
            self.taken += 1;
        }
        Some(name)
    }

    fn target(&self) -> u64 {
        match self.taken {
            0 => 0,
            taken => taken.next_power_of_two().clamp(4, MOST).min(self.most),
        }
    }
}

#[cfg(test)]
mod tests;
