//! No signature of `tests/queries` can be proven wrong, and what is tighter than them can.
//!
//! `PGMI_FALSIFY_ROUNDS` says how many random databases each query meets. The whole of it, as every
//! night, with a report for each major in `target/<profile>/pgmi-tests`:
//!
//! ```console
//! PGMI_FALSIFY_ROUNDS=1000 cargo nextest run -p pgmi-tests --all-features falsifier
//! ```
//!
//! `PGMI_FALSIFY_QUERIES=insert_domain,timestamps` takes these only: those that raise in most databases, and so met
//! fewer than they should, with more rounds.

use pgmi_engine::signature::{Nullability, Signature, Verdict};
use pgmi_tests::falsifier::{Report, falsify, falsify_as};
use pgmi_tests::{Case, Database, cases_on, on_every_major, scratch};

/// Databases in which even what is rare was seen once.
const ENOUGH: u64 = 500;

/// Queries whose tighter claims a few databases refute.
const EASY: &[&str] =
    &["left_join", "trap_left_join_group", "trap_parameter_element_nulls_no_inherit"];

/// Queries that take NULL for the second parameter, or in it.
const TAKING: &[&str] = &["insert_unnest", "parameter_parent_updated"];

on_every_major! {
    fn no_signature_is_proven_wrong(db: &Database) {
        let rounds = rounds().unwrap_or(10);
        let mut cases = cases_on(db);
        cases.retain(is_wanted);
        let claims = falsify(db, &cases, rounds);
        let report = Report { major: db.major(), claims: &claims };
        let file = scratch().join(format!("falsifier-{}.txt", db.major()));
        std::fs::write(&file, report.summary()).unwrap();
        println!("{}\n{}", file.display(), report.summary());
        assert!(report.unsound().is_empty(), "{}", report.unsound());
        assert!(rounds < ENOUGH || report.loose().is_empty(), "{}", report.loose());
    }

    fn claims_that_are_too_tight_are_refuted(db: &Database) {
        let mut cases = cases_on(db);
        cases.retain(|case| EASY.contains(&case.name.as_str()));
        let claims = falsify(db, &cases, 40);
        let report = Report { major: db.major(), claims: &claims };
        assert!(report.loose().is_empty(), "{}", report.loose());
    }

    fn parameters_that_take_null_are_not_said_to_refuse_it(db: &Database) {
        let mut cases = cases_on(db);
        cases.retain(|case| TAKING.contains(&case.name.as_str()));
        let kept_out = unsound(db, &cases, "NULL would keep out every row");
        assert!(kept_out.contains("updated on") && kept_out.contains("Refuses(1)"), "{kept_out}");
        assert!(kept_out.contains("RefusesAllNull(1)"), "{kept_out}");
    }

    fn arrays_that_take_null_are_not_said_to_refuse_it(db: &Database) {
        let mut cases = cases_on(db);
        cases.retain(|case| TAKING.contains(&case.name.as_str()));
        let checked = unsound(db, &cases, "a CHECK of it refuses NULL in it");
        assert!(checked.contains("RefusesSomeNull(1)"), "{checked}");
    }
}

/// What is refuted once all parameters are said to refuse NULL, and arrays to do so in them.
fn unsound(db: &Database, cases: &[Case], of_elements: &str) -> String {
    let claims = falsify_as(db, cases, 40, |it| refuse_null(it, of_elements));
    Report { major: db.major(), claims: &claims }.unsound()
}

fn refuse_null(signature: &mut Signature, of_elements: &str) {
    let refuses = |reason: &str| Verdict::of(Nullability::NotNull).because(reason);
    for parameter in &mut signature.parameters {
        parameter.nullability = refuses("it refuses NULL");
        parameter.elements = parameter.elements.as_ref().map(|_| refuses(of_elements));
    }
}

fn rounds() -> Option<u64> {
    std::env::var("PGMI_FALSIFY_ROUNDS").ok()?.parse().ok()
}

fn is_wanted(case: &Case) -> bool {
    let only = std::env::var("PGMI_FALSIFY_QUERIES");
    only.map_or(true, |only| only.split(',').any(|name| name == case.name))
}
