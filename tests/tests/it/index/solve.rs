//! Each case of `tests/index` is analysed, what comes out applied, and analysed again.

use std::collections::BTreeSet;
use std::fmt::Write;

use pgmi_engine::analysis::{AnalyseRequest, Deployed};
use pgmi_engine::check::{Source, Subject};
use pgmi_engine::cluster::ServerRequest;
use pgmi_engine::connection::Environment;
use pgmi_engine::index::{Advice, AdviseRequest, Rows, advise};
use pgmi_engine::manifest::ServerChoice;
use pgmi_engine::project::{OpenOptions, Parameters};
use pgmi_engine::query::QueryFolder;
use pgmi_engine::session::Interrupt;
use pgmi_tests::{Database, Project, cluster, on_every_major};
use postgres::Client;

use super::case::{Case, cases_on, is_pending, nameless};

/// Cases are spread over so many tests, so that they run side by side.
const PARTS: usize = 4;

on_every_major! {
    fn first_part(db: &Database) {
        solve(db, 0);
    }

    fn second_part(db: &Database) {
        solve(db, 1);
    }

    fn third_part(db: &Database) {
        solve(db, 2);
    }

    fn fourth_part(db: &Database) {
        solve(db, 3);
    }
}

fn solve(db: &Database, part: usize) {
    let mut wrong = String::new();
    for case in cases_on(db).iter().skip(part).step_by(PARTS).filter(|it| is_tried(db.major(), it))
    {
        let found = check(db.major(), case);
        match (found.is_empty(), is_pending(&case.name, db.major())) {
            (true, false) | (false, true) => {}
            (true, true) => {
                writeln!(wrong, "{}: solved, take it off `pending`", case.name).unwrap();
            }
            (false, false) => writeln!(wrong, "{}:\n{found}", case.name).unwrap(),
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// All on the newest major, and on each other one its quarter, unless `PGMI_INDEX_CASES` is `all`.
fn is_tried(major: u16, case: &Case) -> bool {
    let all = std::env::var("PGMI_INDEX_CASES").is_ok_and(|it| it == "all");
    let quarter = case.name.bytes().map(u16::from).sum::<u16>() % 4;
    all || major == 18 || quarter == major % 4
}

/// What is wrong with the answer to a case; nothing where it is right.
fn check(major: u16, case: &Case) -> String {
    let project = Project::copy_of(&format!("index/{}", case.name));
    let schema = project.read("schema.sql");
    std::fs::remove_file(project.join("schema.sql")).unwrap();
    std::fs::remove_file(project.join("expected")).unwrap();
    project.write("migrations/1.sql", schema);
    let advice = analyse(major, &project);
    assert!(advice.refused.is_empty(), "{:?}", advice.refused);
    let mut wrong = String::new();
    compare(major, case, &advice, &mut wrong);
    let statements: String = statements(&advice).iter().map(|it| format!("{it};\n")).collect();
    if !statements.is_empty() {
        // Each of them can be applied, and then there is nothing left to do.
        project.write("migrations/2.sql", &statements);
        let again = self::statements(&analyse(major, &project));
        if !again.is_empty() {
            writeln!(wrong, "  and after that: {}", again.join("; ")).unwrap();
        }
    }
    wrong
}

/// Queries that PostgreSQL refuses are in the advice.
pub(super) fn analyse(major: u16, project: &Project) -> Advice {
    let subject = Subject::read(Source {
        folder: project.path(),
        queries: None,
        inline: QueryFolder::default(),
        parameters: &Parameters::default(),
        major: None,
        open: OpenOptions::default(),
    });
    let subject = subject.unwrap_or_else(|error| panic!("{error:?}"));
    let server = ServerRequest {
        choice: ServerChoice::Given(cluster(major).connection_string("postgres")),
        environment: Environment::default(),
        ..ServerRequest::default()
    };
    let request = AnalyseRequest { subject: &subject, server: &server, cache: None };
    let deployed = Deployed::make(&request, &Interrupt::default());
    let deployed = deployed.unwrap_or_else(|error| panic!("{error:?}"));
    let advice = advise(&AdviseRequest {
        deployed: &deployed,
        queries: &subject.files.queries.queries,
        rows: &Rows::default(),
        is_external: &|_| false,
        live: None,
    });
    advice.unwrap_or_else(|error| panic!("{error:?}"))
}

pub(super) fn statements(advice: &Advice) -> Vec<String> {
    let create = advice.create.iter().map(|it| it.index.create_sql(false));
    create.chain(advice.drop.iter().map(|it| it.index.drop_sql(false))).collect()
}

fn compare(major: u16, case: &Case, advice: &Advice, wrong: &mut String) {
    let db = Database::create(major);
    db.run(&case.schema);
    let mut client = db.client();
    // As PostgreSQL writes what was made of it.
    let made: BTreeSet<String> =
        advice.create.iter().map(|it| made(&mut client, &it.index.create_sql(false))).collect();
    let mut left = made;
    for (alternatives, may) in &case.creates {
        let known: Vec<String> =
            alternatives.iter().filter_map(|it| Case::canonical(&mut client, it)).collect();
        let found = known.iter().find(|it| left.contains(*it));
        match found {
            Some(found) => {
                left.remove(found);
            }
            None if *may => {}
            None => writeln!(wrong, "  missing: create {}", alternatives.join(" or ")).unwrap(),
        }
    }
    left.iter().for_each(|it| writeln!(wrong, "  too much: create {it}").unwrap());
    for it in advice.create.iter().filter(|it| it.reason.is_empty()) {
        writeln!(wrong, "  without a reason: create {}", it.index.create_sql(false)).unwrap();
    }
    let drops = advice.drop.iter().map(|it| it.index.name.clone()).collect();
    names("drop", &case.drops, drops, wrong);
    let unused = advice.unused.iter().map(|it| it.index.name.clone()).collect();
    names("unused", &case.unused, unused, wrong);
    let unhelped = advice.unhelped.iter();
    let unhelped = unhelped.filter_map(|it| Some(advice.workload.query(it.query)?.name.clone()));
    names("unhelped", &case.unhelped, unhelped.collect(), wrong);
    let lints = advice.lints.iter().map(|it| it.index.name.clone()).collect();
    names("lint", &case.lints, lints, wrong);
}

fn made(client: &mut Client, sql: &str) -> String {
    client.batch_execute("begin").unwrap();
    client.batch_execute(sql).unwrap_or_else(|error| panic!("{error:?}: {sql}"));
    let newest = "select pg_get_indexdef(max(indexrelid)) from pg_index where indexrelid not in (select inhrelid from pg_inherits)";
    let definition = nameless(client.query_one(newest, &[]).unwrap().get(0));
    client.batch_execute("rollback").unwrap();
    definition
}

fn names(word: &str, expected: &[(String, bool)], mut found: BTreeSet<String>, wrong: &mut String) {
    for (name, may) in expected {
        if !found.remove(name) && !may {
            writeln!(wrong, "  missing: {word} {name}").unwrap();
        }
    }
    found.iter().for_each(|it| writeln!(wrong, "  too much: {word} {it}").unwrap());
}
