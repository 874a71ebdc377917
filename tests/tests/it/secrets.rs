//! Passwords and parameter values never appear, whatever goes wrong.

use pgmi_tests::{Command, Project, on_every_major, pgmi};

on_every_major! {
    fn parameters_stay_out_of_every_error(db: &Database) {
        let value = "current_setting('pgmi.db_password')";
        for body in [
            // Analysis: PostgreSQL sends the statement as the internal query.
            format!("execute format('select %L BOGUS ,', {value});"),
            // Runtime: it stands in CONTEXT.
            format!("execute format('select %L, 1 / 0', {value});"),
            // And in the message, the detail and the hint.
            format!("perform {value}::int;"),
            format!("create temp table t (v text primary key); insert into t values ({value}), ({value});"),
            format!("execute format('select %I', {value});"),
            format!("raise 'no' using hint = {value}, detail = {value};"),
        ] {
            for sql in [
                format!("do $$ begin {body} end $$"),
                format!("begin; commit; do $$ begin {body} end $$"),
                format!("create function pg_temp.f() returns void language plpgsql as $$ begin {body} end $$; select pg_temp.f()"),
            ] {
                let project = Project::new([("deploy.sql", sql.as_str())]);
                let parameter = ["--param", "db_password=SENTINEL"];
                for format in [&[][..], &["--verbose", "--message-format", "json"]] {
                    let done = db.deploy(&project, &[&parameter, format].concat()).expect(13);
                    done.hides("SENTINEL");
                }
            }
        }
    }

    fn the_error_says_which_parameter_it_was(db: &Database) {
        let project = Project::new([("deploy.sql", "do $$ begin perform current_setting('pgmi.count')::int; end $$")]);
        let json = db.deploy(&project, &["--param", "count=many", "--param", "x=a"]).expect(13).json();
        assert_eq!(json["error"], "invalid input syntax for type integer: \"[pgmi.count]\"");
    }

    fn parameters_stay_out_of_a_deployment_that_works(db: &Database) {
        let folder = Project::new([("p", "two=SENTINEL2")]);
        let file = folder.join("p");
        let project = Project::new([("pgmi.yaml", "params:\n  three: SENTINEL3\n"), ("deploy.sql", "begin; select 1; commit;")]);
        let arguments = ["--verbose", "--param", "one=SENTINEL1", "--params-file", file.to_str().unwrap()];
        db.deploy(&project, &arguments).expect(0).hides("SENTINEL");
    }
}

/// Each way to give a password, to a server that is not there.
#[test]
fn passwords_stay_out_of_connection_errors() {
    let project = Project::new([("deploy.sql", "select 1")]);
    for connection in [
        "postgresql://u:SENTINEL@127.0.0.1:1/db",
        "postgresql://u:p@SENTINEL@127.0.0.1:1/db",
        "postgresql://u:SENTINEL@127.0.0.1:port/db",
        "postgresql://u:SENTINEL%@127.0.0.1:1/db",
        "postgresql://u@127.0.0.1:1/db?password=SENTINEL",
        "host=127.0.0.1 port=1 user=u dbname=db password=SENTINEL",
        "host=127.0.0.1 port=1 user=u dbname=db password='SENTINEL x",
        "host=127.0.0.1 port=1 user=u dbname=db passwrd=SENTINEL",
        "Server=127.0.0.1;Port=1;User Id=u;Database=db;Pwd=SENTINEL",
        "Server=127.0.0.1;Port=x;User Id=u;Database=db;Password='SEN;TINEL SENTINEL'",
    ] {
        let done =
            pgmi(&["deploy", project.arg(), "--json", "--verbose", "--connection", connection]);
        assert!(matches!(done.code, Some(10 | 11)), "{connection}: {done:?}");
        done.hides("SENTINEL");
    }
    let command = || Command::new(&["deploy", project.arg(), "--json", "--verbose"]);
    let done = command()
        .env("PGHOST", "127.0.0.1")
        .env("PGPORT", "1")
        .env("PGUSER", "u")
        .env("PGDATABASE", "d");
    done.env("PGPASSWORD", "SENTINEL").run().expect(11).hides("SENTINEL");
    let done = command().env("DATABASE_URL", "postgresql://u:SENTINEL@127.0.0.1:1/db").run();
    done.expect(11).hides("SENTINEL");
    project.write(".env", "DATABASE_URL=postgresql://u:SENTINEL@127.0.0.1:x/db\n");
    command().run().expect(10).hides("SENTINEL");
}
