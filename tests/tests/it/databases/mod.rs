//! Databases for tests of Rust: `#[pgmi::test]`, run the way a test runner runs them.
//!
//! The tests that stand on a database are in `scenarios`, ignored by themselves. Those here run this very
//! program for some of them, in the folder of a crate that they made up.

#[cfg(target_os = "linux")]
mod full;
mod ground;
mod leaks;
mod scenarios;
mod trouble;

use ground::Crate;
use pgmi_tests::on_every_major;

on_every_major! {
    fn every_kind_of_test_has_its_database(major: u16) {
        let krate = Crate::new(major);
        krate.passes("fine::", 9);
        // Again, with what is known now and with what is in stock.
        krate.passes("fine::", 9);
    }
}

#[test]
fn a_change_of_the_project_is_seen_at_once() {
    let krate = Crate::new(18);
    krate.passes("fine::own", 3);
    krate.fails("changed::", 1);
    krate.write(
        "db/deploy.sql",
        "begin; create table t (id int primary key, note text, new int); commit;",
    );
    krate.passes("changed::", 1);
}

/// As after a clock was set back: then what is remembered proves nothing, and nobody relies on it.
#[test]
fn files_of_tomorrow_are_no_obstacle_and_changes_of_them_are_seen() {
    let krate = Crate::new(18);
    let tomorrow = std::time::SystemTime::now() + std::time::Duration::from_secs(24 * 3600);
    let touch = || {
        let file = std::fs::File::options().append(true).open(krate.folder().join("db/deploy.sql"));
        file.unwrap().set_modified(tomorrow).unwrap();
    };
    touch();
    krate.passes("fine::own", 3);
    krate.fails("changed::", 1);
    krate.write(
        "db/deploy.sql",
        "begin; create table t (id int primary key, note text, new int); commit;",
    );
    touch();
    krate.passes("changed::", 1);
}

#[test]
fn a_server_that_was_given_serves_as_well() {
    let krate = Crate::new(18);
    let given = pgmi_tests::cluster(16).connection_string("postgres");
    krate.write("Cargo.toml", "[package]\nname = \"app\"\n");
    let (passed, said) = krate.run("fine::", &[("PGMI_SERVER", given.as_str())]);
    assert!(passed && said.contains("9 passed"), "{said}");
}

#[test]
fn what_remains_of_a_failed_test_can_be_looked_at() {
    let krate = Crate::new(18);
    for (name, committed) in [("broken::panics", 1), ("broken::returns_an_error", 2)] {
        let said = krate.fails(name, 1);
        let psql = said.lines().find(|line| line.contains("kept for an hour: psql '"));
        let connection = psql.unwrap_or_else(|| panic!("{said}")).split('\'').nth(1).unwrap();
        let mut client = postgres::Client::connect(connection, postgres::NoTls).unwrap();
        let count: i64 = client.query_one("select count(*) from t", &[]).unwrap().get(0);
        assert_eq!(count, committed, "{name}");
    }
    let said = krate.run("broken::", &[("PGMI_KEEP", "0")]).1;
    assert!(!said.contains("psql"), "{said}");
    let (fine, said) = krate.run("fine::rolled_back", &[("PGMI_KEEP", "1")]);
    assert!(fine, "{said}");
}

#[test]
fn a_test_that_should_panic_keeps_nothing() {
    let said = Crate::new(18).run("panics_as_it_should", &[]);
    assert!(said.0 && !said.1.contains("psql"), "{}", said.1);
}

#[test]
fn tests_that_behave_badly_harm_nobody_else() {
    let krate = Crate::new(18);
    krate.passes("rude::", 4);
    krate.passes("fine::", 9);
}

#[test]
fn a_transaction_that_is_ended_fails_its_test_and_no_other() {
    let krate = Crate::new(18);
    let said = krate.fails("commits::", 2);
    assert!(said.contains("the test ended the transaction that was to be rolled back"), "{said}");
    krate.passes("fine::rolled_back", 3);
}

#[test]
fn several_crates_at_once() {
    std::thread::scope(|scope| {
        for number in 0..3 {
            scope.spawn(move || {
                let krate = Crate::new(18);
                let deploy = "begin; create table t (id int primary key, note text); commit; --";
                krate.write("db/deploy.sql", &format!("{deploy} crate {number}"));
                krate.passes("fine::", 9);
            });
        }
    });
}

#[test]
fn what_a_test_leaves_on_its_runtime_is_not_there_for_the_next_one() {
    let krate = Crate::new(18);
    let mut command = krate.command("lent::a_");
    command.arg("databases::scenarios::lent::b_").env("RUST_TEST_THREADS", "1");
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains("2 passed"), "{said}");
}

#[test]
fn a_test_that_is_rolled_back_is_told_what_to_take() {
    let said = Crate::new(18).fails("lent::wants_a_client", 1);
    assert!(said.contains("a test that is rolled back takes one `pgmi::TestDatabase`"), "{said}");
}

/// Across processes, too; but not one that nobody knows the state of.
#[test]
fn a_database_that_is_as_it_was_is_used_again() {
    use std::io::{BufRead, BufReader};

    let krate = Crate::new(18);
    krate.write("db/deploy.sql", "begin; create table t (id int primary key); commit; -- lent");
    let start = |name: &str| {
        let mut command = krate.command(name);
        let mut child =
            command.arg("--nocapture").stdout(std::process::Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let place = lines.find_map(|line| Some(line.unwrap().split_once("in pgmi_")?.1.to_owned()));
        (child, place.unwrap())
    };
    let run = || {
        let (mut child, place) = start("lent::says_where_it_is");
        child.wait().unwrap();
        place
    };
    let first = run();
    // What the stockkeeper hears of the first one's end, it hears in a moment.
    let again = || (0..100).any(|_| run() == first);
    assert!(again());
    let (mut killed, place) = loop {
        let (child, place) = start("lent::waits");
        if place == first {
            break (child, place);
        }
        let mut child = child;
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(again());
    };
    killed.kill().unwrap();
    killed.wait().unwrap();
    for _ in 0..5 {
        assert_ne!(run(), place);
    }
}
