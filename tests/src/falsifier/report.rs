//! What the falsifier says at its end.

use std::fmt::Write;

use super::claim::{Assertion, Claim, Held};

/// What was found out about the queries of one major.
pub struct Report<'a> {
    pub major: u16,
    pub claims: &'a [Claim],
}

impl Report<'_> {
    /// What signatures claim and is not so. Nothing may be here.
    pub fn unsound(&self) -> String {
        let mut text = String::new();
        for (claim, held) in self.all(|held| held.claimed && held.refuted > 0) {
            let (name, major, times) = (&claim.name, self.major, held.refuted);
            let (assertion, example, reason) = (held.assertion, &held.example, &held.reason);
            writeln!(text, "{name} on {major}: {assertion:?} is wrong, {times} times: {example} ({reason})\n  {}", claim.sql)
                .expect("a string");
        }
        text
    }

    /// What could be claimed for all that was seen, in queries whose heads do not admit it.
    pub fn loose(&self) -> String {
        let seen = |claim: &Claim, held: &Held| match held.assertion {
            // Without rows nothing was seen.
            Assertion::NotNull(_) | Assertion::ElementsNotNull(_) => claim.rows > 0,
            _ => claim.runs > 0,
        };
        let mut text = String::new();
        for (claim, held) in self.all(|held| !held.claimed && held.refuted == 0) {
            if claim.imprecise.is_none() && seen(claim, held) {
                self.line(claim, held, &mut text);
            }
        }
        text
    }

    /// Everything, to read.
    pub fn summary(&self) -> String {
        let sum = |of: fn(&Claim) -> u64| self.claims.iter().map(of).sum::<u64>();
        let fewest = self.claims.iter().map(|it| it.databases).min().unwrap_or_default();
        let count = |wanted: fn(&Held) -> bool| self.all(wanted).count();
        let mut text = format!(
            "PostgreSQL {}: {} queries; databases in which a query ran: {fewest} at least; {} runs, {} rows, {} NULLs\n\
             {} claims, {} refuted; {} tighter ones, {} refuted\n",
            self.major,
            self.claims.len(),
            sum(|it| it.runs),
            sum(|it| it.rows),
            sum(|it| it.nulls),
            count(|it| it.claimed),
            count(|it| it.claimed && it.refuted > 0),
            count(|it| !it.claimed),
            count(|it| !it.claimed && it.refuted > 0),
        );
        text.push_str("\nWider than what was seen:\n");
        for (claim, held) in self.all(|held| !held.claimed && held.refuted == 0) {
            self.line(claim, held, &mut text);
        }
        text.push_str("\nIn few databases:\n");
        let most = self.claims.iter().map(|it| it.databases).max().unwrap_or_default();
        for claim in self.claims.iter().filter(|it| it.databases < most) {
            writeln!(text, "{}: {} of {most}", claim.name, claim.databases).expect("a string");
        }
        text
    }

    fn line(&self, claim: &Claim, held: &Held, text: &mut String) {
        let why = claim.imprecise.as_deref().unwrap_or("its head does not say why");
        let (name, major, runs, rows) = (&claim.name, self.major, claim.runs, claim.rows);
        let (assertion, reason) = (held.assertion, &held.reason);
        writeln!(text, "{name} on {major}: {assertion:?} was never refuted in {runs} runs with {rows} rows ({reason}): {why}")
            .expect("a string");
    }

    fn all(&self, wanted: impl Fn(&Held) -> bool) -> impl Iterator<Item = (&Claim, &Held)> {
        let pairs =
            self.claims.iter().flat_map(|claim| claim.held.iter().map(move |held| (claim, held)));
        pairs.filter(move |(_, held)| wanted(held))
    }
}
