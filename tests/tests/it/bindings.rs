//! Bindings: generated, compiled, and run against a server.

use std::fs;

use pgmi_tests::{Database, Krate, majors};

#[test]
fn every_kind_of_binding_runs_on_every_major() {
    let krate = Krate::new("bindings");
    let migration = krate.folder().join("db/migrations/001_albums.sql");
    let migration = fs::read_to_string(migration).unwrap();
    for major in majors() {
        let db = Database::create(major);
        // Other types first, so that oids differ from those of the build's database.
        db.run("create type a as enum ('x'); create type b as (a a); create table c (b b)");
        db.run(&migration);
        let said = krate.run_with(&[&db.connection_string()]);
        assert_eq!(said, krate.expected("stdout"), "PostgreSQL {major}\n{said}");
    }
}
