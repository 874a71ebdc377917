//! Tries to prove signatures wrong: fills the tables of `tests/queries/schema.sql` with random rows that
//! the constraints allow, runs every query with random arguments, and looks for what refutes a claim.
//!
//! What a signature says is taken apart into [`Assertion`]s. Those that it makes must never be refuted.
//! Those that it does not make, such as that a nullable column is never NULL, must be refuted sooner or
//! later: else the verdict is wider than the truth, or the falsifier is blind.

mod claim;
mod literal;
mod outcome;
mod random;
mod report;
mod rows;

pub use claim::{Assertion, Claim, Held};
pub use random::Random;
pub use report::Report;

use pgmi_engine::describe::Describer;
use pgmi_engine::diagnostic::SourceText;
use pgmi_engine::query::Query;
use pgmi_engine::signature::Signature;
use postgres::Client;

use crate::{Case, Database, schema};
use outcome::run;
use rows::{Table, fill};

/// Rounds after which what is left of an aborted round is cleaned up.
const BETWEEN_VACUUMS: u64 = 64;

/// How many databases are tried at the most, for so many in which a query runs without an error. Where there are few,
/// chance would leave it none; where there are many, those that always raise or take too long are not worth more.
fn patience(rounds: u64) -> u64 {
    (rounds + rounds / 10).max(100)
}

/// Tries databases until each of these queries has run in so many of them.
pub fn falsify(db: &Database, cases: &[Case], rounds: u64) -> Vec<Claim> {
    falsify_as(db, cases, rounds, |_| {})
}

/// The same with other signatures than those that are described, to see whether it notices.
pub fn falsify_as(
    db: &Database,
    cases: &[Case],
    rounds: u64,
    forge: impl Fn(&mut Signature),
) -> Vec<Claim> {
    let mut client = db.client();
    let mut claims = claims(db, &mut client, cases, forge);
    let tables = Table::all(&mut client);
    for round in 0..patience(rounds) {
        // Those that raise in many databases get more of them.
        let mut lacking: Vec<_> = claims.iter_mut().filter(|it| it.databases < rounds).collect();
        if lacking.is_empty() {
            break;
        }
        let mut random = Random::new(round);
        // In every other one what is deferrable may be broken for now.
        let deferred = if round % 2 == 1 { "set constraints all deferred" } else { "" };
        client.batch_execute(&format!("begin; {deferred}")).expect("a transaction");
        random.huge = true;
        fill(&mut client, &tables, &mut random);
        random.huge = false;
        // Some arguments ask for a billion rows.
        client.batch_execute("set local statement_timeout = '100ms'").expect("a setting");
        lacking.iter_mut().for_each(|claim| challenge(&mut client, claim, &mut random));
        client.batch_execute("rollback").expect("a transaction");
        if round % BETWEEN_VACUUMS == BETWEEN_VACUUMS - 1 {
            client.batch_execute("vacuum").expect("the tables can be vacuumed");
        }
    }
    claims
}

/// Sets the database up, and describes the queries in it.
fn claims(
    db: &Database,
    client: &mut Client,
    cases: &[Case],
    forge: impl Fn(&mut Signature),
) -> Vec<Claim> {
    db.run(&schema());
    db.run(include_str!("set_up.sql"));
    let config = db.connection_string().parse().expect("a connection string");
    let mut describer = Describer::connect(&config).expect("a database to describe queries in");
    let mut claims = Vec::new();
    for case in cases {
        let source = SourceText::new(case.name.as_str(), case.text.as_str());
        let query = Query::parse(None, source).expect("a query");
        let Ok(mut description) = describer.describe(&query) else { continue };
        forge(&mut description.signature);
        claims.extend(Claim::prepare(case, &query, description.signature, client));
    }
    claims
}

/// Runs a query a few times, more often when it raises, and once for each parameter that is said to refuse NULL, or NULL
/// in it.
fn challenge(client: &mut Client, claim: &mut Claim, random: &mut Random) {
    for tries in 0..6 {
        if tries < 3 || !claim.ran() {
            let arguments = claim.arguments(random);
            attempt(client, claim, &arguments, random);
        }
    }
    for arguments in claim.refused(random) {
        attempt(client, claim, &arguments, random);
    }
    claim.end_round();
}

fn attempt(client: &mut Client, claim: &mut Claim, arguments: &[String], random: &mut Random) {
    // The owner sees all rows; others what row security shows them.
    let role = if random.below(3) == 0 { "set local role pgmi_falsifier;" } else { "" };
    if let Some(outcome) = run(client, &claim.name, arguments, role) {
        claim.compare(&outcome, arguments);
    }
}
