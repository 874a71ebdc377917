//! A migration wants an extension that the server comes without: where, PostgreSQL's words, and the ways out.

use pgmi_tests::{Command, Finished, Project, binaries, cluster, on_every_major};

/// Nobody has it; its name is enough to know the image that has its family.
const MIGRATION: &str = "create table place (id int primary key);\n\ncreate extension if not exists postgis_of_nobody;\n";

fn project() -> Project {
    Project::new([
        ("migrations/1_places.sql", MIGRATION),
        ("queries/select_place.sql", "select id from place where id = $id"),
    ])
}

fn check(project: &Project, major: u16, server: &str) -> Finished {
    let major = major.to_string();
    let check = Command::new(&["check", project.arg(), "--postgres", &major]);
    check.env("PGMI_SERVER", server).run().expect(13)
}

/// The place, what PostgreSQL says, and the whole of our own words, in their order.
fn assert_explains(checked: &Finished, own: &[String]) {
    let said = &checked.stderr;
    assert_eq!(said.matches("error[").count(), 1, "{said}");
    assert!(said.contains("/migrations/1_places.sql:3:1"), "{said}");
    assert!(said.contains("3 | create extension if not exists postgis_of_nobody"), "{said}");
    // `extension "…" is not available`; before 15 the file that cannot be opened.
    assert!(said.lines().next().unwrap().contains("postgis_of_nobody"), "{said}");
    let ours = |line: &&str| line.starts_with("  = note: the ") || line.starts_with("  = help: ");
    let found: Vec<_> = said.lines().filter(ours).collect();
    assert_eq!(found, own, "{said}");
}

on_every_major! {
    fn programs_of_this_machine_without_it(major: u16) {
        let version = binaries(major).version;
        let image = if major >= 18 { "3.6" } else { "3.5" };
        assert_explains(&check(&project(), major, "local"), &[
            format!("  = note: the programs of PostgreSQL {version} on this machine come without postgis_of_nobody"),
            format!("  = help: install the package of postgis_of_nobody for PostgreSQL {major} of your system"),
            format!("  = help: or take a container that has it: server = \"container\" and image = \"…\" in [package.metadata.pgmi], such as postgis/postgis:{major}-{image}"),
            "  = help: or name a server that has it: PGMI_SERVER=postgresql://user@host/database".to_owned(),
        ]);
    }

    fn a_named_server_without_it(major: u16) {
        let server = cluster(major).connection_string("postgres");
        let version = binaries(major).version;
        assert_explains(&check(&project(), major, &server), &[
            format!("  = note: the server that was named, PostgreSQL {version}, does not have postgis_of_nobody"),
            "  = help: install postgis_of_nobody there, or name a server that has it".to_owned(),
        ]);
    }
}

#[test]
fn without_the_extension_it_is_right() {
    let project = project();
    project.write("migrations/1_places.sql", MIGRATION.lines().next().unwrap());
    let server = cluster(18).connection_string("postgres");
    let generated = Command::new(&["generate", project.arg()]).env("PGMI_SERVER", server).run();
    generated.expect(0);
}
