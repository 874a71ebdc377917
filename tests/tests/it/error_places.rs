//! From what PostgreSQL said to the line in the user's file, with no help from the user's SQL.

use pgmi_tests::{Database, Project, on_every_major};
use serde_json::Value;

/// A loop that runs the files of `./m/` in order, as deploy.sql scripts have it.
const LOOP: &str = "do $$
declare f record;
begin
    for f in select content from pg_temp.pgmi_source_view where directory = './m/' order by path collate \"C\" loop
        execute f.content;
    end loop;
end $$;";

/// Deploys, and gives the JSON of the failure.
fn failure(db: &Database, files: &[(&str, &str)]) -> Value {
    let project = Project::new(files.iter().copied());
    let done = db.deploy(&project, &[]).expect(13);
    let json = done.json();
    // What the person and the machine are shown is one place.
    if let Some(script) = json["script"].as_str() {
        let place = format!("{script}:{}:{}", json["line"], json["column"]);
        assert!(done.stderr.contains(&place), "{place}\n{}", done.stderr);
    }
    json
}

/// `file:line:column` that the error leads to first.
fn place(json: &Value) -> String {
    format!("{}:{}:{}", json["script"].as_str().unwrap_or("-"), json["line"], json["column"])
}

/// All places, the first one first.
fn places(json: &Value) -> Vec<String> {
    let labels = json["diagnostics"][0]["labels"].as_array().unwrap();
    let place =
        |it: &Value| format!("{}:{}:{}", it["file"].as_str().unwrap(), it["line"], it["column"]);
    labels.iter().map(place).collect()
}

on_every_major! {
    fn analysis_errors_of_executed_files(db: &Database) {
        for (sql, sqlstate, at) in [
            ("create table t (i int);\ninsert into t (i)\nselect 'é', nme from t;", "42703", "3:13"),
            ("select 1;\nselect 2 fro t where;", "42601", "2:14"),
            ("select 1;\n\n  select * from missing;", "42P01", "3:17"),
            ("select\n  missing(1)", "42883", "2:3"),
            ("select 'a'::date", "22007", "1:8"),
            ("select /* 漢字 🙂 */ 'b'::integer", "22P02", "1:19"),
            ("select 1;\r\nselect x;", "42703", "2:8"),
            ("select 'unterminated", "42601", "1:8"),
        ] {
            let json = failure(db, &[("m/1.sql", "select 1"), ("m/2 ü.sql", sql), ("deploy.sql", LOOP)]);
            assert_eq!(json["sqlstate"], sqlstate, "{sql}");
            assert_eq!(place(&json), format!("./m/2 ü.sql:{at}"), "{json}");
            assert_eq!(json["failedFile"], "./m/2 ü.sql");
            assert_eq!(json["executionMode"], "atomic");
        }
    }

    fn runtime_errors_of_executed_files(db: &Database) {
        for (sql, sqlstate, at) in [
            ("select 1 / 0", "22012", "1:1"),
            ("create table t (i int primary key);\ninsert into t values (7);\n\ninsert into t values (7);", "23505", "4:1"),
            ("create table t (i int not null);\ncreate table u (i int not null);\ninsert into u values (null);", "23502", "3:1"),
            ("create table t (i int check (i > 0));\ninsert into t values (1);\nselect 1;\nupdate t set i = -1;", "23514", "4:1"),
            ("create table t ();\ncreate table u ();\ncreate table t ();", "42P07", "3:1"),
            ("do $$\nbegin\n  raise 'no';\nend $$;", "P0001", "3:3"),
            ("select 1;\n\ndo $x$ begin\n  perform 1;\n  perform 1 / 0;\nend $x$;", "22012", "5:3"),
        ] {
            let json = failure(db, &[("m/1.sql", sql), ("deploy.sql", LOOP)]);
            assert_eq!(json["sqlstate"], sqlstate, "{sql}");
            assert_eq!(place(&json), format!("./m/1.sql:{at}"), "{json}");
            assert_eq!(json["failedFile"], "./m/1.sql");
        }
    }

    fn errors_inside_functions_lead_to_their_line(db: &Database) {
        let inner = "-- head\ncreate function inner_one(i int) returns int language plpgsql as $$\nbegin\n  return 1 / i;\nend $$;";
        let outer = "create function outer_one() returns int language plpgsql as $$\ndeclare r int;\nbegin\n  r := inner_one(0);\n  return r;\nend $$;";
        let call = "select 1;\nselect outer_one();";
        let json = failure(db, &[("m/1.sql", inner), ("m/2.sql", outer), ("m/3.sql", call), ("deploy.sql", LOOP)]);
        assert_eq!(json["sqlstate"], "22012");
        let places = places(&json);
        assert_eq!(&places[..2], ["./m/1.sql:4:3", "./m/2.sql:4:3"], "{json}");
        assert_eq!(json["failedFile"], "./m/3.sql");
    }

    fn analysis_errors_inside_functions_lead_to_their_line(db: &Database) {
        let function = "create function f() returns int language plpgsql as $$\nbegin\n  -- é\n  return (select nme from pg_class limit 1);\nend $$;";
        let json = failure(db, &[("m/1.sql", function), ("m/2.sql", "select f()"), ("deploy.sql", LOOP)]);
        assert_eq!(json["sqlstate"], "42703");
        assert_eq!(place(&json), "./m/1.sql:4:18", "{json}");
    }

    fn sql_functions_are_named(db: &Database) {
        let function = "select 1;\ncreate function f(i int) returns int language sql as 'select 1 / i';";
        let json = failure(db, &[("m/1.sql", function), ("m/2.sql", "-- call\nselect sum(f(i)) from generate_series(0, 1) i;"), ("deploy.sql", LOOP)]);
        assert_eq!(json["sqlstate"], "22012");
        // Inlined, PostgreSQL says nothing of the function: then it is the file that called it.
        let place = place(&json);
        assert!(["./m/1.sql:2:1", "./m/2.sql:2:1"].contains(&place.as_str()), "{json}");

        let volatile = function.replace("language sql", "language sql volatile security definer");
        let json = failure(db, &[("m/1.sql", &volatile), ("m/2.sql", "select f(0)"), ("deploy.sql", LOOP)]);
        assert_eq!(self::place(&json), "./m/1.sql:2:1", "{json}");
    }

    fn triggers_lead_to_their_function(db: &Database) {
        let json = failure(db, &[
            ("m/1.sql", "create table t (i int);\ncreate function guard() returns trigger language plpgsql as $$\nbegin\n  raise 'never' using hint = 'the hint';\nend $$;\ncreate trigger g before insert on t for each row execute function guard();"),
            ("m/2.sql", "select 1;\ninsert into t values (1);"),
            ("deploy.sql", LOOP),
        ]);
        assert_eq!(place(&json), "./m/1.sql:4:3", "{json}");
        assert_eq!(json["hint"], "the hint");
        assert_eq!(json["failedFile"], "./m/2.sql");
    }

    fn tests_and_fixtures(db: &Database) {
        for (test, sqlstate, at) in [
            ("select 1;\nselect nme from pg_class;", "42703", "2:8"),
            ("select 1;\n  select 1 / 0;", "22012", "2:3"),
            ("do $$\nbegin\n  assert false, 'é';\nend $$;", "P0004", "3:3"),
        ] {
            for name in ["__test__/sub/a.sql", "__test__/_setup.sql"] {
                let json = failure(db, &[
                    (name, test),
                    ("__test__/sub/b.sql", "select 1"),
                    ("deploy.sql", "-- words\nbegin;\n\nCALL pgmi_test();\ncommit;"),
                ]);
                assert_eq!(json["sqlstate"], sqlstate);
                assert_eq!(place(&json), format!("./{name}:{at}"), "{json}");
                assert_eq!(json["failedFile"], format!("./{name}"));
                assert!(json["error"].as_str().unwrap().starts_with(&format!("Failed in ./{name}: ")));
            }
        }
    }

    fn the_head_of_deploy_sql(db: &Database) {
        for (sql, at) in [
            ("begin;\nselect 'é漢🙂', nme;\ncommit;", "2:15"),
            ("begin;\ncreate table t (i int primary key);\ninsert into t values (1), (1);\ncommit;", "3:1"),
            ("begin;\ndo $$\nbegin\n  raise 'no';\nend $$;\ncommit;", "4:3"),
            ("begin;\ndo $$\nbegin\n  execute 'select nme';\nend $$;\ncommit;", "4:19"),
            ("begin;\nselect 1 from;\ncommit;", "2:14"),
        ] {
            let json = failure(db, &[("deploy.sql", sql)]);
            assert_eq!(place(&json), format!("deploy.sql:{at}"), "{json}");
            assert_eq!(json["scriptExpanded"], false);
            assert_eq!(json["failedFile"], Value::Null);
        }
    }

    fn the_tail_of_deploy_sql(db: &Database) {
        for (tail, at) in [
            ("select 1;\n\n  select 'é—漢' ||  nme;", "7:20"),
            ("select 1;\n\n  select 1 / 0;", "7:3"),
            ("select 1;\n\nvacuum missing_table;", "7:1"),
            ("do $$\nbegin\n  perform 1 / 0;\nend $$", "7:3"),
        ] {
            let sql = format!("begin;\nselect '—';\n\ncommit;\n{tail}");
            let json = failure(db, &[("deploy.sql", &sql)]);
            assert_eq!(place(&json), format!("deploy.sql:{at}"), "{json}");
            assert_eq!(json["executionMode"], "psql");
        }
    }

    fn lines_are_those_before_the_macro_was_expanded(db: &Database) {
        let test = ("__test__/a.sql", "select 1");
        let json = failure(db, &[test, ("deploy.sql", "begin;\n/* é */ CALL pgmi_test(); select nme;\ncommit;")]);
        assert_eq!(place(&json), "deploy.sql:2:34", "{json}");
        assert_eq!(json["scriptExpanded"], true);
        assert_eq!(json["sourceLine"], "/* é */ CALL pgmi_test(); select nme;");
        let notes = json["diagnostics"][0]["notes"].to_string();
        assert!(notes.contains("before CALL pgmi_test was expanded"), "{notes}");

        let json = failure(db, &[test, ("deploy.sql", "begin;\nCALL pgmi_test();\ncommit;\nselect 1;\n\nselect 1,\n  nme;")]);
        assert_eq!(place(&json), "deploy.sql:7:3", "{json}");
        assert_eq!(json["scriptExpanded"], true);

        let json = failure(db, &[test, ("deploy.sql", "begin;\n  CALL pgmi_test(NULL, 'missing_callback');\ncommit;")]);
        assert_eq!(json["sqlstate"], "42883");
        assert_eq!(place(&json), "deploy.sql:2:3", "{json}");
    }

    fn a_handler_that_raises_again_still_leads_to_the_file(db: &Database) {
        let handler = "do $$
declare f record;
begin
    for f in select path, content from pg_temp.pgmi_source_view where directory = './m/' order by path loop
        begin
            execute f.content;
        exception when others then
            raise exception 'Failed in %: %', f.path, sqlerrm using errcode = sqlstate;
        end;
    end loop;
end $$;";
        let json = failure(db, &[
            ("m/1.sql", "select 1"),
            ("m/2 a.ddl", "create table t (i int primary key);\ninsert into t values (1);\nselect 1;"),
            ("m/3.sql", "create table u ();\ncreate table t ();"),
            ("deploy.sql", handler),
        ]);
        assert_eq!(json["sqlstate"], "42P07");
        assert_eq!(json["failedFile"], "./m/3.sql");
        assert_eq!(place(&json), "./m/3.sql:2:1", "{json}");
        let notes = json["diagnostics"][0]["notes"].to_string();
        assert!(notes.contains("raised this error again"), "{notes}");
    }

    fn transaction_commands_in_executed_files(db: &Database) {
        let files = [("m/1.sql", "create table t ()"), ("m/2.sql", "create table u ();\ncommit;")];
        let json = failure(db, &[files[0], files[1], ("deploy.sql", LOOP)]);
        assert_eq!(json["sqlstate"], "0A000");
        assert_eq!(place(&json), "./m/2.sql:2:1", "{json}");
        assert_eq!(json["failedFile"], "./m/2.sql");
        let help = json["diagnostics"][0]["help"].to_string();
        assert!(help.contains("begun and ended in deploy.sql"), "{help}");

        // With several it may be any of them.
        let json = failure(db, &[files[0], files[1], ("m/3.sql", "begin"), ("deploy.sql", LOOP)]);
        assert_eq!(place(&json), "deploy.sql:5:9", "{json}");
        assert_eq!(json["failedFile"], Value::Null);
        let notes = json["diagnostics"][0]["notes"].to_string();
        assert!(notes.contains("./m/2.sql:2:1, ./m/3.sql:1:1"), "{notes}");

        for test in ["savepoint a", "\nrollback;", "begin;"] {
            let suite = "begin; call pgmi_test(); commit;";
            let json = failure(db, &[files[1], ("__test__/a.sql", test), ("deploy.sql", suite)]);
            assert_eq!(json["failedFile"], "./__test__/a.sql", "{json}");
            assert!(json["error"].as_str().unwrap().starts_with("Failed in ./__test__/a.sql: "), "{json}");
        }
    }

    fn statements_that_want_no_transaction_are_found_by_their_words(db: &Database) {
        for (sql, at) in [
            ("create table t (i int);\ncreate unique index concurrently on t (i);", "2:1"),
            ("create table t ();\nselect 1;\nvacuum t;", "3:1"),
        ] {
            let json = failure(db, &[("m/1.sql", sql), ("deploy.sql", LOOP)]);
            assert_eq!(json["sqlstate"], "25001");
            assert_eq!(place(&json), format!("./m/1.sql:{at}"), "{json}");
        }
    }

    fn habits_of_psql_are_recognised(db: &Database) {
        for (sql, at, help) in [
            ("create table t (i int);\ncopy t from stdin;\n1\n\\.", "3:1", "rows behind COPY FROM STDIN are for psql"),
            ("select 1;\n\\i other.sql", "2:1", "a psql command"),
        ] {
            let json = failure(db, &[("m/1.sql", sql), ("deploy.sql", LOOP)]);
            assert_eq!(place(&json), format!("./m/1.sql:{at}"), "{json}");
            let said = json["diagnostics"][0]["help"].to_string();
            assert!(said.contains(help), "{said}");
        }
    }

    fn a_missing_callback_is_not_taken_for_a_pooler(db: &Database) {
        let json = failure(db, &[
            ("__test__/a.sql", "select 1"),
            ("deploy.sql", "begin; call pgmi_test(null, 'pg_temp.none'); commit;"),
        ]);
        let help = json["diagnostics"][0]["help"].to_string();
        assert!(help.contains("a callback must exist") && !help.contains("pooler"), "{help}");
    }

    fn the_servers_words_are_all_there(db: &Database) {
        let project = Project::new([
            ("m/1.sql", "do $$ begin\n  raise 'the message' using detail = 'the detail', hint = 'the hint', errcode = 'AB123';\nend $$"),
            ("deploy.sql", LOOP),
        ]);
        let done = db.deploy(&project, &[]).expect(13).says(&[
            "error[sql-failed]: the message",
            "--> ./m/1.sql:2:3",
            "2 |   raise 'the message'",
            "^^^",
            "SQLSTATE AB123",
            "DETAIL: the detail",
            "HINT: the hint",
            "CONTEXT: PL/pgSQL function inline_code_block line 2 at RAISE",
        ]);
        let json = done.json();
        assert_eq!(json["detail"], "the detail");
        assert_eq!(json["hint"], "the hint");
        assert!(json["where"].as_str().unwrap().contains("line 2 at RAISE"));
    }

    fn equal_files_and_messages_in_another_language_do_no_harm(db: &Database) {
        let json = failure(db, &[
            ("a.sql", "select 1;\nselect nme;"),
            ("m/b.sql", "select 1;\nselect nme;"),
            ("deploy.sql", &format!("set lc_messages = 'C';\n{LOOP}")),
        ]);
        // Their texts are the same, so either is true; the line is.
        assert!(place(&json).ends_with(".sql:2:8"), "{json}");
    }

    fn large_files_and_deep_stacks_are_shown_in_short(db: &Database) {
        let large = format!("{}\nselect nme;\n{}", "-- padding\n".repeat(20_000), "-- padding\n".repeat(20_000));
        let done = db.deploy(Project::new([("m/large.sql", large.as_str()), ("deploy.sql", LOOP)]), &[]).expect(13);
        assert!(done.stderr.len() < 4_000, "{} bytes", done.stderr.len());
        assert_eq!(place(&done.json()), "./m/large.sql:20002:8");

        let recursive = "create function f(i int) returns int language plpgsql as $$\nbegin\n  if i = 0 then return 1 / i; end if;\n  return f(i - 1);\nend $$;";
        let json = failure(db, &[("m/1.sql", recursive), ("m/2.sql", "select f(50)"), ("deploy.sql", LOOP)]);
        assert_eq!(place(&json), "./m/1.sql:3:3", "{json}");
        assert!(places(&json).len() <= 4, "{:?}", places(&json));
    }
}
