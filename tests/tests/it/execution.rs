//! Head and tail: what is one transaction, and what is committed when it fails.

use pgmi_tests::{Project, on_every_major, pgmi};

on_every_major! {
    fn the_tail_runs_statement_by_statement(db: &Database) {
        let json = db.deploy_sql(
            "begin; create table t (i int, j int); insert into t values (1, 2); commit;
             create index concurrently i_idx on t (i);
             begin; update t set j = 3; commit;
             create index concurrently j_idx on t (j);
             vacuum t",
        ).expect(0).json();
        assert_eq!(db.rows("select indisvalid from pg_index where indrelid = 't'::regclass"), ["t", "t"]);
        assert_eq!(db.value("select j from t"), "3");
        assert_eq!(json["executionUnits"], 7);
        assert_eq!(json["unitsCommitted"], 7);
    }

    fn without_a_commit_it_is_all_or_nothing(db: &Database) {
        let json = db.deploy_sql("create table a (); create table b (); select 1 / 0; create table c ();").expect(13).json();
        assert!(!db.has("a"));
        assert_eq!(json["executionMode"], "atomic");
        assert_eq!(json["executionUnits"], 1);
        assert_eq!(json["unitsCommitted"], 0);
        db.deploy_sql("create table a (); create table b ();").expect(0);
        assert!(db.has("a"));
    }

    fn a_failing_tail_keeps_what_was_committed(db: &Database) {
        let done = db.deploy_sql(
            "begin; create table t (i int); commit;
             create index concurrently i_idx on t (i);
             select missing from t;
             create table never ();",
        );
        let json = done.expect(13).says(&[
            "FAILED", "(unit 3 of 4 failed; 2 earlier unit(s) already committed)", "deploy.sql:3:",
        ]).json();
        assert_eq!(json["executionMode"], "psql");
        assert_eq!(json["executionUnits"], 4);
        assert_eq!(json["unitsCommitted"], 2);
        assert!(db.has("i_idx") && !db.has("never"));
    }

    fn a_transaction_of_the_tail_fails_whole_and_is_counted_so(db: &Database) {
        let project = Project::new([("deploy.sql",
            "begin; create table t (i int); commit;
             insert into t values (1);
             begin;
             insert into t values (2);
             insert into t values (3);
             select 1 / 0;
             commit;")]);
        let done = db.deploy(&project, &[]).expect(13);
        let json = done.says(&["(unit 6 of 7 failed; 2 earlier unit(s) already committed)"]).json();
        assert_eq!(json["unitsCommitted"], 2);
        assert_eq!(db.rows("select i from t"), ["1"]);
        // The lock is free: what fails now is the table that exists.
        assert_eq!(db.deploy(&project, &[]).expect(13).json()["sqlstate"], "42P07");
    }

    fn chained_transactions_are_counted(db: &Database) {
        let json = db.deploy_sql(
            "begin; create table t (i int); commit and chain;
             insert into t values (1);
             commit and chain;
             insert into t values (2);
             rollback;
             select 1 / 0;",
        ).expect(13).json();
        assert_eq!(db.rows("select i from t"), ["1"]);
        assert_eq!((&json["executionUnits"], &json["unitsCommitted"]), (&6.into(), &3.into()));
    }

    fn a_bare_commit_ends_the_head(db: &Database) {
        let done = db.deploy_sql("create table a (); commit; create table b (); select 1 / 0;");
        let json = done.expect(13).says(&["there is no transaction in progress"]).json();
        assert_eq!(json["unitsCommitted"], 2);
        assert!(db.has("a") && db.has("b"));
    }

    fn blocks_may_commit_in_the_tail_only(db: &Database) {
        let block = "do $$ begin for i in 1 .. 3 loop insert into t values (i); commit; end loop; end $$;";
        let json = db.deploy_sql(&format!("begin; create table t (i int); {block} commit;")).expect(13)
            .says(&["behind COMMIT"]).json();
        assert_eq!(json["sqlstate"], "2D000");
        db.deploy_sql(&format!("begin; create table t (i int); commit; {block}")).expect(0);
        assert_eq!(db.value("select count(*) from t"), "3");
    }

    fn a_concurrent_index_in_the_head_gets_advice(db: &Database) {
        let json = db.deploy_sql("begin; create table t (i int); create index concurrently on t (i); commit;")
            .expect(13).says(&["behind COMMIT"]).json();
        assert_eq!(json["sqlstate"], "25001");
        assert!(!db.has("t"));
    }

    fn an_open_transaction_at_the_end_is_rolled_back_with_a_warning(db: &Database) {
        for (sql, warns) in [
            ("begin; create table a ();", true),
            ("begin; create table a (); rollback;", false),
            ("begin; commit; begin; create table a ();", true),
        ] {
            let done = db.deploy_sql(sql).expect(0);
            assert_eq!(done.stderr.contains("warning[transaction-left-open]"), warns, "{}", done.stderr);
            assert_eq!(done.json()["warnings"].is_array(), warns);
            assert!(!db.has("a"));
        }
    }

    fn commits_that_are_not_statements_do_not_split(db: &Database) {
        for (sql, units) in [
            ("select 1 as a$b$c; commit; select 'x$b$'; select 2", 3),
            ("select 1 -- words\r; commit; select 2; select 3", 3),
            ("select E'a\\'; commit; b', 'a\\'; commit; select 2", 2),
            ("begin; savepoint s; rollback to savepoint s; commit; select 2", 2),
            ("create function pg_temp.f() returns int begin atomic select case when true then 1 end; end; commit; select 2", 2),
            ("create temp table v (\"begin\" int, atomic int); commit; select \"begin\", atomic from v; select 1", 3),
            ("begin;\r\nselect 1;\r\ncommit;\r\nselect 2;\r\n", 2),
            ("begin; commit; -- the end", 1),
        ] {
            assert_eq!(db.deploy_sql(sql).expect(0).json()["executionUnits"], units, "{sql}");
        }
        // The parenthesis is an error of its own; it must not hide where the head ends.
        let json = db.deploy_sql("create table kept (); commit; select 1); select 2").expect(13).json();
        assert_eq!((&json["executionUnits"], &json["unitsCommitted"]), (&3.into(), &1.into()));
    }

    fn long_tails_are_sent_as_they_are(db: &Database) {
        let tail = "insert into t values (1);\n".repeat(1_000);
        let json = db.deploy_sql(&format!("begin; create table t (i int); commit;\n{tail}select 1 / 0;")).expect(13).json();
        assert_eq!(json["unitsCommitted"], 1_001);
        assert_eq!(json["line"], 1_002);
        assert_eq!(db.value("select count(*) from t"), "1000");
    }

    fn psql_commands_get_advice(db: &Database) {
        let json = db.deploy_sql("begin;\n\\i other.sql\ncommit;").expect(13).says(&["psql command"]).json();
        assert_eq!((&json["sqlstate"], &json["line"]), (&"42601".into(), &2.into()));
    }

    fn a_copy_inside_execute_is_refused_with_advice(db: &Database) {
        let done = db.deploy(Project::new([
            ("a.sql", "create table t (i int);\ncopy t from stdin;"),
            ("deploy.sql", "do $$ begin execute (select content from pg_temp.pgmi_source_view); end $$;"),
        ]), &[]);
        let json = done.expect(13).says(&["COPY FROM STDIN has nobody to read from", "./a.sql"]).json();
        assert_eq!(json["sqlstate"], "0A000");
    }

    fn result_rows_are_not_printed(db: &Database) {
        let done = db.deploy_sql("begin; select 'row of the head'; commit; select 'row of the tail';").expect(0);
        done.hides("row of the");
    }

    fn the_servers_own_timeout_is_an_sql_error(db: &Database) {
        let json = db.deploy_sql("set statement_timeout = '100ms';\nselect pg_sleep(60);").expect(13).json();
        assert_eq!(json["sqlstate"], "57014");
    }

    fn notices_are_shown_and_debug_when_asked(db: &Database) {
        let project = Project::new([("deploy.sql", "do $$ begin
            raise notice 'a notice' using detail = 'its detail', hint = 'its hint';
            raise warning 'a warning';
            raise debug 'a debug message';
            raise log 'for the log only';
        end $$;")]);
        let done = db.deploy(&project, &[]).expect(0);
        assert!(done.stderr.contains("\na notice\nDETAIL: its detail\nHINT: its hint\na warning\n"), "{}", done.stderr);
        assert!(!done.stderr.contains("a debug message"));
        let verbose = db.deploy(&project, &["--verbose"]).expect(0);
        assert!(verbose.stderr.contains("s] a debug message"), "{}", verbose.stderr);
        assert!(verbose.stderr.lines().any(|line| line.starts_with('[') && line.ends_with("s] a notice")));
    }
}

/// Each would wait for rows for ever; all are named, at once and before anything connects.
#[test]
fn copies_with_the_client_are_refused_at_once() {
    let project = Project::new([(
        "deploy.sql",
        "begin;\ncopy t from stdin;\ncommit;\nCOPY (select 1) TO STDOUT;\n",
    )]);
    let done =
        pgmi(&["deploy", project.arg(), "--connection", "host=127.0.0.1 port=1 user=x dbname=x"]);
    let done = done.says(&["error[copy-stdin]", "deploy.sql:2:1", "deploy.sql:4:1"]);
    done.expect(13);
}
