//! What keeps tests from having a database, and what they say about it.

use super::Crate;

#[test]
fn a_project_that_fails_is_explained_once() {
    let krate = Crate::new(18);
    krate.write("db/deploy.sql", "begin;\ncreate table t (id itn);\ncommit;\n");
    let said = krate.fails("many::a", 10);
    assert_eq!(said.matches("--> db/deploy.sql:2:20").count(), 1, "{said}");
    assert_eq!(
        said.matches("in full in the output of databases::scenarios::many::a").count(),
        9,
        "{said}"
    );
    assert_eq!(said.matches("type \"itn\" does not exist").count(), 10, "{said}");
}

#[test]
fn in_one_run_of_a_runner_with_many_processes_too() {
    let krate = Crate::new(18);
    krate.write("db/deploy.sql", "begin; select 1 / 0; commit;");
    let run = |id| krate.run("many::a0", &[("NEXTEST_RUN_ID", id)]).1;
    assert!(run("1").contains("--> db/deploy.sql:1:"));
    let second = krate.run("many::a1", &[("NEXTEST_RUN_ID", "1")]).1;
    assert!(second.contains("in full in the output of databases::scenarios::many::a0"), "{second}");
    assert!(!second.contains("-->"), "{second}");
    assert!(run("2").contains("--> db/deploy.sql:1:"), "another run tries again");
    krate.write("db/deploy.sql", "begin; create table t (id int); commit;");
    assert!(run("2").contains("1 passed"), "and so does one after a change");
}

#[test]
fn a_fixture_that_fails_leads_to_its_line() {
    let krate = Crate::new(18);
    krate.write(
        "tests/it/databases/fixtures/one.sql",
        "insert into t values (1);\ninsert into tt values (1);\n",
    );
    let said = krate.fails("fine::with_fixtures", 1);
    assert!(said.contains("error[test-failed]: relation \"tt\" does not exist"), "{said}");
    assert!(said.contains("--> tests/it/databases/fixtures/one.sql:2:13"), "{said}");

    krate.write("tests/it/databases/fixtures/one.sql", "select 1;");
    krate.write("tests/it/databases/fixtures/t.csv", "id,note\n1,a\nx,b\n");
    let said = krate.fails("fine::with_fixtures", 1);
    assert!(said.contains("--> tests/it/databases/fixtures/t.csv:3:1"), "{said}");
}

#[test]
fn without_a_server_every_way_to_one_is_told() {
    let krate = Crate::new(18);
    krate.write(
        "Cargo.toml",
        "[package]\nname = \"app\"\n[package.metadata.pgmi]\npostgres = 13\nserver = \"local\"\n",
    );
    let said = krate.fails("fine::own", 3);
    assert_eq!(said.matches("looked for postgres and initdb in").count(), 1, "{said}");
    assert_eq!(said.matches("no PostgreSQL 13 server was found").count(), 3, "{said}");
    let (passed, said) = krate.run("fine::own", &[("PGMI_SERVER", "loca")]);
    assert!(!passed && said.contains("did you mean `local`?"), "{said}");
}

#[test]
fn a_test_that_should_panic_does_not_pass_for_lack_of_a_server() {
    let krate = Crate::new(18);
    krate.write(
        "Cargo.toml",
        "[package]\nname = \"app\"\n[package.metadata.pgmi]\npostgres = 13\nserver = \"local\"\n",
    );
    krate.fails("panics_as_it_should", 1);
}
