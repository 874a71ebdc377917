//! Projects without `deploy.sql`.

use pgmi_engine::diagnostic::{Code, Diagnostic};
use pgmi_engine::project::{OpenOptions, Project as Opened};
use pgmi_tests::{Project, on_every_major, pgmi};

use super::{connect, copy, shadows, template, text, unique};

/// The file, the line from 1, and the text under the caret.
fn place(finding: &Diagnostic) -> (String, usize, String) {
    let place = finding.place().unwrap_or_else(|| panic!("{finding:?}"));
    let at = place.source.line_column(place.span.start);
    (place.source.name().to_owned(), at.line, place.source.text()[place.span.clone()].to_owned())
}

on_every_major! {
    fn are_applied_in_natural_order_on_one_session(major: u16) {
        let project = Project::new([
            ("migrations/1.sql", "create schema app; set search_path to app; create temp table seen (a int);"),
            ("migrations/2.sql", "create table genre (id int primary key); insert into seen values (2);"),
            // What a splitter of text gets wrong.
            ("migrations/3.sql", "
                create function one(a int) returns int language sql begin atomic select $1; select $1 + 1; end;
                create table log (a int, a$b text default ';');
                create rule r as on insert to genre do also (insert into log values (1); insert into log values (2));
                -- a comment; with a semicolon /* and
                create function two() returns text language plpgsql as $body$ begin return '1;2'; end $body$;
                prepare p as select $1::int; execute p(1);;"),
            ("migrations/10.sql", "create index concurrently on genre (id); begin; insert into genre values (1); commit;
                create table done as select count(*) as seen from seen, log"),
            ("migrations/11.down.sql", "drop schema app cascade"),
            ("migrations/nested/0.sql", "this is not SQL"),
            ("queries/q.sql", "this is not SQL"),
            ("artifacts/logo.png", "\0"),
        ]);
        let shadow = copy(&shadows(major), &project);
        let mut client = connect(&shadow);
        assert_eq!(text(&mut client, "select seen::text || app.one(1) || app.two() from app.done"), "221;2");
    }

    fn an_error_leads_to_its_file_line_and_column(major: u16) {
        let failing = [
            // Analysis, runtime, inside a DO block, inside a function, in a string that never ends.
            ("select 1;\n\n  select é, nothing;", 3, "é"),
            ("create table t (a int check (a > 0));\ninsert into t\nvalues (0);", 2, "insert"),
            ("do $$ begin perform 1; end $$;\ndo $$\nbegin\n  perform 1;\n  perform 1 / 0;\nend $$;", 5, "perform 1 / 0;"),
            ("create function f() returns int language plpgsql as $$\nbegin\n  return 1 / 0;\nend $$;\nselect f();", 3, "return 1 / 0;"),
            ("select 1;\nselect 'open", 2, "'open"),
            ("\\connect other", 1, "\\"),
            ("begin;\ncreate table u ();\ncreate index concurrently on u ((1));\ncommit;", 3, "create"),
        ];
        let shadows = shadows(major);
        for (sql, line, word) in failing {
            let project = Project::new([("migrations/1.sql", "select 1;"), ("migrations/2_x.sql", sql)]);
            let error = template(&shadows, &project).unwrap_err();
            let (file, at, marked) = place(error.primary());
            assert_eq!((file.as_str(), at), ("./migrations/2_x.sql", line), "{sql}\n{error:?}");
            assert!(marked.trim().starts_with(word), "{sql}\n{marked}");
        }
    }

    fn roles_outlive_the_database(major: u16) {
        let role = format!("app_{}", unique());
        let project = Project::new([("migrations/1.sql", format!("create role {role}; create user u_{role};"))]);
        let shadows = shadows(major);
        template(&shadows, &project).unwrap();
        project.write("migrations/2.sql", format!("create table t (); grant select on t to {role}"));
        assert!(template(&shadows, &project).unwrap().was_made());
    }
}

#[test]
fn what_can_be_seen_without_a_server_is_an_error_at_once() {
    let open = |project: &Project| Opened::open_any_layout(project.path(), &OpenOptions::default());
    let project = Project::new([
        ("migrations/1.sql", "create table t (a int);\ncopy t from stdin;\n1\n\\.\n"),
        ("migrations/2.sql", "copy t to stdout"),
    ]);
    let error = open(&project).unwrap_err();
    assert_eq!(error.code(), Code::CopyStdin);
    let places: Vec<_> = error.diagnostics().iter().map(place).collect();
    assert_eq!((places[0].0.as_str(), places[0].1), ("./migrations/1.sql", 2));
    assert_eq!(places[1].0, "./migrations/2.sql");

    let error = open(&Project::new([("migrations/README.md", "")])).unwrap_err();
    assert_eq!(error.code(), Code::DeploySqlMissing);
    assert!(error.primary().help.join(" ").contains("migrations/"), "{error:?}");
}

#[test]
fn a_transaction_left_open_leads_to_its_begin() {
    let project = Project::new([
        ("migrations/1.sql", "begin; commit;"),
        ("migrations/2.sql", "create table t ();\nbegin;\ncreate table u ();"),
    ]);
    let error = template(&shadows(18), &project).unwrap_err();
    assert_eq!(error.code(), Code::TransactionLeftOpen);
    assert_eq!(place(error.primary()), ("./migrations/2.sql".into(), 2, "begin;".into()));
}

#[test]
fn a_deployment_wants_its_deploy_sql_all_the_same() {
    let project = Project::new([("migrations/1.sql", "select 1;")]);
    let refused = pgmi(&["deploy", project.arg(), "-U", "app", "-d", "none"]).expect(14);
    assert!(refused.stderr.contains("error[deploy-sql-missing]"), "{}", refused.stderr);
}
