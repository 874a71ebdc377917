//! `tests/index`: a hundred and more small projects, each with what an expert would do about its indexes.

use pgmi_tests::{Database, on_every_major};

use super::case::{Case, cases, cases_on, pending, situations};

on_every_major! {
    fn what_is_expected_can_be_done(db: &Database) {
        for case in &cases_on(db) {
            let db = Database::create(db.major());
            db.run(&case.schema);
            let mut client = db.client();
            for (alternatives, _) in &case.creates {
                let known = alternatives.iter().filter_map(|it| Case::canonical(&mut client, it));
                assert!(known.count() > 0, "{}: {alternatives:?}", case.name);
            }
            for (name, _) in case.drops.iter().chain(&case.unused).chain(&case.lints) {
                let sql = "select from pg_class where relname = $1 and relkind in ('i', 'I')";
                assert_eq!(client.query(sql, &[name]).unwrap().len(), 1, "{}: {name}", case.name);
            }
            for (name, _) in &case.unhelped {
                let path = case.folder.join(format!("queries/{name}.sql"));
                assert!(path.is_file(), "{}: {name}", case.name);
            }
        }
    }
}

#[test]
fn there_are_enough_cases() {
    let cases = cases();
    assert!(cases.len() >= 100, "{}", cases.len());
    let nothing = cases.iter().filter(|case| case.nothing).count();
    assert!(nothing >= 30, "{nothing}");
    for (name, _) in pending() {
        assert!(cases.iter().any(|case| case.name == name), "pending: there is no case {name}");
    }
}

#[test]
fn every_situation_has_a_case_or_a_test() {
    let cases = cases();
    let situations = situations();
    assert!(situations.len() >= 60, "{}", situations.len());
    let here = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/index");
    let exists = |name: &str| match name.split_once("::") {
        Some((module, function)) => {
            let text = std::fs::read_to_string(here.join(format!("{module}.rs")));
            text.is_ok_and(|it| it.contains(&format!("fn {function}(")))
        }
        None => cases.iter().any(|case| case.name == name),
    };
    for (situation, all) in &situations {
        for name in all {
            assert!(exists(name), "{situation}: there is no {name}");
        }
    }
    for case in &cases {
        let stands_for = situations.iter().any(|(_, all)| all.contains(&case.name));
        assert!(stands_for, "{}: which situation does it stand for?", case.name);
    }
}
