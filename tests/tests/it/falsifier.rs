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

use pgmi_tests::falsifier::{Report, falsify};
use pgmi_tests::{Case, cases_on, on_every_major, scratch};

/// Databases in which even what is rare was seen once.
const ENOUGH: u64 = 500;

/// Queries whose tighter claims a few databases refute.
const EASY: &[&str] = &["left_join", "trap_left_join_group"];

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
}

fn rounds() -> Option<u64> {
    std::env::var("PGMI_FALSIFY_ROUNDS").ok()?.parse().ok()
}

fn is_wanted(case: &Case) -> bool {
    let only = std::env::var("PGMI_FALSIFY_QUERIES");
    only.map_or(true, |only| only.split(',').any(|name| name == case.name))
}
