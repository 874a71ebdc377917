//! A connection that is cut at each message of a deployment, in both directions. Nothing is lost: what was said to
//! be committed is there, what is there is whole units in their order, at most one of them unsaid, whose answer
//! was on its way; and the next deployment meets neither lock nor remains.

use std::sync::Arc;
use std::time::Duration;

use pgmi_engine::connection::{Defaults, Environment, Flags, Target, resolve};
use pgmi_engine::diagnostic::Code;
use pgmi_engine::project::{OpenOptions, Parameters, Project as Opened};
use pgmi_engine::session::{DeployFailure, DeployReport, DeployRequest, Interrupt, deploy};
use pgmi_tests::{Cut, Database, Project, Relay, on_every_major, socket_of};

/// Three units, and the log of the first.
const DEPLOY: &str = "begin;
create table if not exists log (n int);
call pgmi_test();
insert into log select count(*) from pg_temp.pgmi_source_view;
commit;
create table if not exists second ();
create table if not exists third ();
";

/// All advisory locks of this database.
const LOCKS: &str = "select count(*) = 0 from pg_locks where locktype = 'advisory' and database =
    (select oid from pg_database where datname = current_database())";

type Outcome = Result<DeployReport, Box<DeployFailure>>;

fn run(project: &Project, connection: &str) -> Outcome {
    let flags = Flags { connection: Some(connection.to_owned()), ..Flags::default() };
    let target: Target = resolve(&flags, &Environment::default(), &Defaults::default()).unwrap();
    let request = DeployRequest {
        project: Opened::open(project.path(), &OpenOptions::default()).unwrap(),
        parameters: Parameters::default(),
        target,
        overwrite: false,
        rehearse: false,
        verbose: false,
        skip_tests: false,
        report_tests: false,
        record: false,
        lock_wait: Duration::ZERO,
        timeout: None,
    };
    deploy(request, Arc::new(|_| ()), &Interrupt::default())
}

/// How many of the units have left something.
fn there(db: &Database) -> usize {
    let there = ["log", "second", "third"].map(|table| db.has(table));
    let count = there.iter().filter(|it| **it).count();
    assert!(
        there[..count].iter().all(|it| *it),
        "units of a later place without an earlier one: {there:?}"
    );
    if there[0] {
        assert_eq!(db.value("select string_agg(n::text, ',') from log"), "2", "the head is whole");
    }
    count
}

/// Cuts there; whether that place was reached.
fn survives(db: &Database, project: &Project, relay: &Relay, cut: Cut) -> bool {
    db.run("drop table if exists log, second, third");
    relay.cut(cut);
    let through = format!(
        "host=127.0.0.1 port={} user=postgres sslmode=disable dbname={}",
        relay.port(),
        db.name()
    );
    let outcome = run(project, &through);
    let was_cut = !relay.is_to_cut();
    // The server may still be at it.
    db.until(LOCKS);
    let there = there(db);
    match &outcome {
        // Before the session began a further try made it good; behind the last unit there was nothing to lose.
        Ok(report) => assert_eq!((there, report.units_committed), (3, 3), "{cut:?}"),
        Err(failure) => {
            assert!(was_cut, "{cut:?}: {:?}", failure.error);
            let code = failure.error.code();
            assert!(
                [Code::ConnectionLost, Code::ConnectionFailed].contains(&code),
                "{cut:?}: {:?}",
                failure.error
            );
            let said = failure.report.units_committed;
            assert!(said <= there && there <= said + 1, "{cut:?}: {said} said, {there} there");
        }
    }
    let heads = usize::from(there > 0);
    run(project, &db.connection_string())
        .unwrap_or_else(|failure| panic!("{cut:?}: {:?}", failure.error));
    assert_eq!(db.value("select count(*) from log"), (heads + 1).to_string());
    was_cut
}

/// Cuts at one place after the other until none is left.
fn everywhere(db: &Database, kind: fn(usize) -> Cut) {
    let project = Project::new([
        ("deploy.sql", DEPLOY),
        ("a.sql", "select 1;"),
        ("b.sql", "select 2;"),
        ("__test__/test_a.sql", "do $$ begin assert (select count(*) from log) < 2; end $$;"),
    ]);
    let relay = Relay::to(&socket_of(&db.connection_string()));
    let places = (0..).take_while(|at| survives(db, &project, &relay, kind(*at))).count();
    println!("{places} places");
    assert!(places > 8, "{places}");
}

on_every_major! {
    fn before_the_server_hears_of_it(db: &Database) {
        everywhere(db, Cut::Request);
    }
}

/// What one major says, all say.
#[test]
fn before_the_client_hears_of_it() {
    everywhere(&Database::create(18), Cut::Answer);
}
