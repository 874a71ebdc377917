//! `README.md`: what stands in its `console` blocks is what is said, command by command, when somebody types them.
//!
//! The blocks of a section are typed one after the other, in the folder of that section. A line `…` stands for one or
//! more lines, `…` inside a line for anything. Durations, versions of PostgreSQL, costs and the time of a deployment may
//! be others; so may the order of tests, which run side by side.
//!
//! A binary of its own: its tests wait for Cargo most of the time.
#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests are tests: what they cannot do fails the test"
)]

#[path = "readme/console.rs"]
mod console;
#[path = "readme/same.rs"]
mod same;
#[path = "readme/stage.rs"]
mod stage;

use std::fs;

use console::{blocks, sections};
use pgmi_tests::{Project, isolated};
use stage::{Stage, root};

/// The sections with such blocks, and each has a test below.
const SECTIONS: [&str; 6] =
    ["Two commands", "Five minutes", "Queries", "Indexes", "Which server", "What has become of it"];

#[test]
fn every_block_has_a_test() {
    assert_eq!(sections(), SECTIONS);
}

#[test]
fn two_commands() {
    Stage::new().types("Two commands", 3);
}

#[test]
fn five_minutes() {
    let mut stage = Stage::new().in_a_clone();
    stage.types("Five minutes", 16);
    stage.in_vain(
        "env -u DATABASE_URL cargo run",
        "DATABASE_URL, which names the database, is not set",
    );
    let shown = blocks("Five minutes", "rust,ignore").concat();
    let demo = root().join("cargo-pgmi/demo");
    let known =
        ["src/shelf.rs", "tests/shelf.rs"].map(|it| fs::read_to_string(demo.join(it)).unwrap());
    assert!(shown.lines().count() > 2, "{shown}");
    for line in shown.lines() {
        let is_there = known.iter().any(|text| text.lines().any(|it| it.trim() == line.trim()));
        assert!(is_there, "not in the crate of the demo: {line}");
    }
}

#[test]
fn queries() {
    project("queries").types("Queries", 3);
}

#[test]
fn indexes() {
    project("indexes").types("Indexes", 1);
}

#[test]
fn which_server() {
    let mut stage = Stage::new();
    stage.project(&Project::new([("db/deploy.sql", "select 1")]));
    stage.home("# Passwords.\n\ndb.example:5432:shop:app:secret\n");
    stage.env("DATABASE_URL", "postgresql://app@db.example/shop").env("PGHOST", "localhost");
    stage.types("Which server", 1);
}

#[test]
fn what_has_become_of_it() {
    let cluster = isolated(18);
    let admin = |database: &str, sql: &str| {
        let string = cluster.connection_string(database);
        let mut client = postgres::Client::connect(&string, postgres::NoTls).unwrap();
        client.batch_execute(sql).unwrap();
    };
    admin("postgres", "create role app superuser login");
    let app = |database| cluster.connection_string(database).replace("user=postgres", "user=app");
    let mut stage = project("drift");
    stage.env("DATABASE_URL", app("shop"));
    stage.quietly("cargo pgmi deploy --record");
    admin(
        "shop",
        "alter table users alter email drop not null; create index users_tmp on users using btree (name)",
    );
    stage.types("What has become of it", 1);
}

/// Where somebody stands who has `tests/readme/<name>` as `db/`.
fn project(name: &str) -> Stage {
    let mut stage = Stage::new();
    stage.project(&Project::copy_of(&format!("readme/{name}")));
    stage
}
