//! Who is served first, and how much is made ahead of time.

use super::*;

/// 8 MB, as a small project has it.
const SIZE: u64 = 8 << 20;

struct Bench {
    shelf: Shelf,
    now: Instant,
    made: u32,
}

impl Bench {
    fn new() -> Self {
        let now = Instant::now();
        Self { shelf: Shelf::new(now), now, made: 0 }
    }

    fn pile(&mut self) -> &mut Pile {
        self.shelf.pile("t", self.now)
    }

    /// Does the next job. Tells which it was.
    fn work(&mut self) -> Option<Job> {
        let job = self.shelf.next(self.now)?;
        match &job {
            Job::Copy(template) => {
                self.made += 1;
                self.shelf.copied(template, Ok((format!("c{}", self.made), SIZE)));
            }
            Job::Drop(_) => self.shelf.dropped(),
        }
        Some(job)
    }

    fn work_until_idle(&mut self) -> usize {
        std::iter::from_fn(|| self.work()).count()
    }

    fn take(&mut self) -> String {
        self.pile().waiting += 1;
        while self.pile().ready.is_empty() {
            assert_eq!(self.work(), Some(Job::Copy("t".into())));
        }
        self.pile().waiting -= 1;
        self.pile().take(false).unwrap()
    }
}

#[test]
fn nothing_is_made_until_somebody_asks() {
    let mut bench = Bench::new();
    bench.pile();
    assert_eq!(bench.work(), None);
    assert!(bench.shelf.is_empty());
}

#[test]
fn a_stock_grows_with_what_is_taken_and_no_further_than_there_is_room() {
    let mut bench = Bench::new();
    bench.take();
    assert_eq!(bench.work_until_idle(), 4);
    for _ in 0..100 {
        let used = bench.take();
        let now = bench.now;
        bench.shelf.discard(used, now);
    }
    bench.work_until_idle();
    assert_eq!(bench.pile().ready.len() as u64, MOST);
}

#[test]
fn where_the_disk_is_full_what_nobody_needs_goes_first() {
    let mut bench = Bench::new();
    bench.take();
    bench.work_until_idle();
    bench.shelf.pile("other", bench.now).waiting = 1;
    let full = || Trouble::Full("No space left on device".into());
    assert_eq!(bench.shelf.next(bench.now), Some(Job::Copy("other".into())));
    bench.shelf.copied("other", Err(full()));
    for _ in 0..4 {
        assert!(matches!(bench.work(), Some(Job::Drop(_))));
    }
    assert_eq!(bench.shelf.next(bench.now), Some(Job::Copy("other".into())));
    bench.shelf.copied("other", Err(full()));
    let now = bench.now;
    assert_eq!(bench.shelf.pile("other", now).trouble, Some(full()), "now there is no more to do");
}

#[test]
fn where_the_disk_is_full_a_copy_under_way_is_waited_for() {
    let full = || Trouble::Full("No space left on device".into());
    let mut bench = Bench::new();
    bench.take();
    assert_eq!(bench.shelf.next(bench.now), Some(Job::Copy("t".into())), "for the stock");
    bench.shelf.pile("other", bench.now).waiting = 1;
    assert_eq!(bench.shelf.next(bench.now), Some(Job::Copy("other".into())));
    bench.shelf.copied("other", Err(full()));
    assert_eq!(bench.shelf.next(bench.now), None, "what the other copy has written may go");
    bench.shelf.copied("t", Ok(("superfluous".into(), SIZE)));
    assert_eq!(bench.work(), Some(Job::Drop("superfluous".into())));
    assert_eq!(bench.work(), Some(Job::Copy("other".into())), "now there is room");
    let now = bench.now;
    assert_eq!(bench.shelf.pile("other", now).trouble, None);
}

#[test]
fn for_those_who_were_told_that_there_is_none_nothing_is_made() {
    let mut bench = Bench::new();
    bench.pile().waiting = 1;
    assert_eq!(bench.shelf.next(bench.now), Some(Job::Copy("t".into())));
    bench.shelf.copied("t", Err(Trouble::Full("No space left on device".into())));
    assert_eq!(bench.shelf.next(bench.now), None, "they are about to leave");
}

#[test]
fn used_copies_wait_for_a_lull_unless_they_are_many() {
    let mut bench = Bench::new();
    let used = bench.take();
    bench.work_until_idle();
    let now = bench.now;
    bench.shelf.discard(used.clone(), now);
    assert_eq!(bench.work(), None);
    bench.now += LULL;
    assert_eq!(bench.work(), Some(Job::Drop(used)));
    for number in 0..=BACKLOG {
        let now = bench.now;
        bench.shelf.discard(format!("u{number}"), now);
    }
    assert_eq!(bench.work(), Some(Job::Drop("u0".into())));
    assert_eq!(bench.work(), None);
    bench.pile().waiting = 5;
    assert_eq!(bench.work(), Some(Job::Copy("t".into())), "who waits comes first");
}

#[test]
fn what_nobody_asks_for_any_more_goes() {
    let mut bench = Bench::new();
    bench.take();
    bench.work_until_idle();
    bench.now += STALE;
    let now = bench.now;
    bench.shelf.pile("other", now);
    bench.now += LULL;
    assert_eq!(bench.work_until_idle(), 4, "all of them are dropped, none is made");
    assert!(bench.shelf.is_empty());
}

#[test]
fn trouble_is_for_those_who_wait() {
    let mut bench = Bench::new();
    bench.pile().waiting = 1;
    assert!(bench.shelf.next(bench.now).is_some());
    bench.shelf.copied("t", Err(Trouble::Missing));
    assert_eq!(bench.pile().trouble, Some(Trouble::Missing));
}

#[test]
fn a_copy_that_came_back_is_lent_again() {
    let mut bench = Bench::new();
    bench.pile().returned.push("back".into());
    assert_eq!(bench.pile().take(false), None);
    assert_eq!(bench.pile().take(true).as_deref(), Some("back"));
}
