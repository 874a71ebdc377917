use super::*;
use crate::project::OpenOptions;

fn codes(files: &[(&str, &str)]) -> Vec<String> {
    codes_with(files, &Parameters::default())
}

/// `code place`, with `?` behind warnings.
fn codes_with(files: &[(&str, &str)], parameters: &Parameters) -> Vec<String> {
    let project = Project::from_files(files.iter().copied(), &OpenOptions::default()).unwrap();
    let shown = lint(&project, parameters).into_iter().map(|finding| {
        let place = crate::report::place(&finding).unwrap();
        let mark = if finding.severity == Severity::Warning { "?" } else { "" };
        format!("{} {place}{mark}", finding.code.name())
    });
    shown.collect()
}

fn script(sql: &str) -> Vec<String> {
    codes(&[("deploy.sql", sql)])
}

const LOOP: &str = "begin; do $$ declare f record; begin for f in select path, content from pg_temp.pgmi_source_view \
                    where directory = './m/' and is_sql_file loop execute f.content; end loop; end $$; commit;";

#[test]
fn good_scripts_are_left_alone() {
    for sql in [
        "",
        "select 1",
        "vacuum;",
        "begin; savepoint s; call pgmi_test(); rollback to savepoint s; commit;",
        "begin; commit; create index concurrently i on t (a); vacuum; begin; call pgmi_test(); commit;",
        "begin; commit; do $$ begin commit; end $$;",
        "begin; create procedure p() language plpgsql as $$ begin commit; end $$; commit;",
        "begin; select 'vacuum; \\i x'; commit and chain; select 1; commit;",
        LOOP,
    ] {
        assert_eq!(script(sql), Vec::<String>::new(), "{sql}");
    }
}

#[test]
fn tests_need_a_transaction() {
    assert_eq!(script("call pgmi_test();"), ["not-in-transaction deploy.sql:1:1"]);
    assert_eq!(script("begin; commit;\ncall pgmi_test();"), ["not-in-transaction deploy.sql:2:1"]);
}

#[test]
fn statements_that_must_stand_alone_are_found_where_they_do_not() {
    for (sql, column) in [
        ("begin; create index concurrently i on t (a); commit;", 8),
        ("create unique index concurrently i on t (a); select 1;", 1),
        ("begin; commit; begin; vacuum t; commit;", 23),
        ("begin; do $$ begin commit; end $$; commit;", 20),
        ("select 1; reindex (verbose) table concurrently t;", 11),
        ("begin; alter table a detach partition b concurrently; commit", 8),
    ] {
        assert_eq!(script(sql), [format!("in-transaction deploy.sql:1:{column}")], "{sql}");
    }
}

#[test]
fn statements_that_must_stand_alone_are_found_in_literals_that_are_executed() {
    for (sql, column) in [
        ("do $$ begin execute 'create index concurrently i on t (a)'; end $$;", 21),
        ("begin; do $$ begin execute format('vacuum %I', 't'); end $$; commit;", 35),
        ("do $$ begin execute 'select 1; drop database x'; end $$;", 21),
    ] {
        assert_eq!(script(sql), [format!("in-transaction deploy.sql:1:{column}")], "{sql}");
    }
    for sql in [
        "do $$ begin execute 'create index i on t (a)'; end $$;",
        "do $$ begin raise notice 'vacuum'; end $$;",
        "do $$ begin execute f.content; perform 'vacuum'; end $$;",
    ] {
        assert_eq!(script(sql), Vec::<String>::new(), "{sql}");
    }
}

#[test]
fn transactions_that_do_not_match_are_told() {
    assert_eq!(script("begin; select 1;"), ["transaction-left-open deploy.sql:1:1"]);
    assert_eq!(script("begin; begin; commit;"), ["transaction-unbalanced deploy.sql:1:8?"]);
    assert_eq!(script("select 1; commit;"), ["transaction-unbalanced deploy.sql:1:11?"]);
}

#[test]
fn loops_say_what_they_execute() {
    let unfiltered = LOOP.replace(" and is_sql_file", "");
    let at = "executes-other-files deploy.sql:1:81";
    let files =
        |other| [("deploy.sql", unfiltered.as_str()), ("m/1.sql", "select 1"), (other, "x")];
    assert_eq!(codes(&files("README.md")), [format!("{at}?")]);
    assert_eq!(codes(&files("m/README.md")), [at]);
}

#[test]
fn files_hold_nothing_that_execute_refuses() {
    let with = |path, sql| codes(&[("deploy.sql", LOOP), ("m/0.sql", "select 1"), (path, sql)]);
    assert_eq!(with("m/1.sql", "select 1;\nvacuum;"), ["in-transaction ./m/1.sql:2:1"]);
    assert_eq!(with("m/1.sql", "begin; select 1; commit;"), ["transaction-in-file ./m/1.sql:1:1"]);
    assert_eq!(with("m/1.sql", "copy t from stdin;"), ["copy-stdin ./m/1.sql:1:1"]);
    assert_eq!(with("m/1.sql", "\\set x 1"), ["psql-command ./m/1.sql:1:1"]);
    assert_eq!(with("by-hand/1.sql", "vacuum;"), ["in-transaction ./by-hand/1.sql:1:1?"]);
    assert_eq!(with("__test__/1.sql", "rollback;"), ["transaction-in-file ./__test__/1.sql:1:1"]);
    assert!(
        with("m/1.sql", "create function f() returns int begin atomic select 1; end;").is_empty()
    );
}

#[test]
fn parameters_that_are_needed_must_be_given() {
    let sql = "begin; do $$ begin perform current_setting('pgmi.env'); end $$; commit;";
    assert_eq!(script(sql), ["parameter-missing deploy.sql:1:44"]);
    let mut given = Parameters::default();
    given.set("Env", "x").unwrap();
    assert!(codes_with(&[("deploy.sql", sql)], &given).is_empty());
    let guarded = format!("{sql} select current_setting('pgmi.env', true)");
    assert!(script(&guarded).is_empty());
}
