//! Views and functions that deploy.sql sees: session API v1.

use std::fs;
use std::sync::{Arc, Mutex};

use pgmi_tests::{Database, Project, on_every_major};
use postgres::NoTls;

/// Columns of the views, in order. v1's come first; `strict_checksum` is ours.
const COLUMNS: &[&str] = &[
    "pgmi_parameter_view: key text, value text, type text, required boolean, default_value text, description text",
    "pgmi_plan_view: path text, content text, checksum text, generic_id uuid, id uuid, idempotent boolean, \
     description text, sort_key text, execution_order bigint, strict_checksum text",
    "pgmi_source_metadata_view: path text, id uuid, idempotent boolean, sort_keys ARRAY, description text",
    "pgmi_source_view: path text, name text, directory text, extension text, depth integer, content text, \
     size_bytes bigint, checksum text, pgmi_checksum text, path_parts ARRAY, is_sql_file boolean, \
     is_test_file boolean, parent_folder_name text, strict_checksum text",
    "pgmi_test_directory_view: path text, parent_path text, depth integer",
    "pgmi_test_source_view: path text, directory text, filename text, content text, is_fixture boolean",
];

/// Arguments, result and volatility: immutable, stable, volatile.
const FUNCTIONS: &[&str] = &[
    "pgmi_has_tests(dir text, pattern text DEFAULT NULL::text) boolean s",
    "pgmi_is_sql_file(filename text) boolean i",
    "pgmi_persist_test_plan(target_schema text, p_pattern text DEFAULT NULL::text) void v",
    "pgmi_register_file(in_path text, in_content text, in_checksum text, in_pgmi_checksum text) _pgmi_source v",
    "pgmi_run_test_source(p_path text) void v",
    "pgmi_test_callback(e pgmi_test_event) void v",
    "pgmi_test_generate(p_pattern text DEFAULT NULL::text, p_callback text DEFAULT \
     'pg_temp.pgmi_test_callback'::text) text v",
    "pgmi_test_plan(p_pattern text DEFAULT NULL::text) TABLE(ordinal integer, step_type text, script_path text, \
     directory text, depth integer) s",
    "pgmi_validate_pattern(p_pattern text) text i",
];

on_every_major! {
    fn views_functions_and_the_event_are_those_of_v1(db: &Database) {
        db.deploy_sql(
            "begin;
             create table seen_views as
             select table_name || ': ' || string_agg(column_name || ' ' || data_type, ', ' order by ordinal_position) as line
               from information_schema.columns
              where table_schema = (select nspname from pg_namespace where oid = pg_my_temp_schema())
                and table_name like 'pgmi%view'
              group by table_name;
             create table seen_functions as
             select proname || '(' || pg_get_function_arguments(oid) || ') '
                    || pg_get_function_result(oid) || ' ' || provolatile::text as line
               from pg_proc
              where pronamespace = pg_my_temp_schema();
             create table seen_event as
             select string_agg(attname || ' ' || format_type(atttypid, null), ', ' order by attnum) as line
               from pg_attribute
              where attrelid = (select typrelid from pg_type where oid = 'pg_temp.pgmi_test_event'::regtype);
             commit;",
        )
        .expect(0);
        assert_eq!(db.rows("select line from seen_views order by line collate \"C\""), COLUMNS);
        assert_eq!(db.rows("select line from seen_functions order by line collate \"C\""), FUNCTIONS);
        assert_eq!(
            db.value("select line from seen_event"),
            "event text, path text, directory text, depth integer, ordinal integer, context jsonb"
        );
    }

    fn a_project_without_files_has_empty_views(db: &Database) {
        let done = db.deploy_sql(
            "begin;
             create table counted as
             select (select count(*) from pg_temp.pgmi_source_view)
                  + (select count(*) from pg_temp.pgmi_plan_view)
                  + (select count(*) from pg_temp.pgmi_parameter_view)
                  + (select count(*) from pg_temp.pgmi_source_metadata_view)
                  + (select count(*) from pg_temp.pgmi_test_source_view)
                  + (select count(*) from pg_temp.pgmi_test_directory_view)
                  + (select count(*) from pg_temp.pgmi_test_plan()) as n;
             commit;",
        );
        done.expect(0).says(&["Loaded 0 files", "Executing deploy.sql"]);
        assert_eq!(db.value("select n from counted"), "0");
    }

    fn every_role_may_read_the_views(db: &Database) {
        let role = format!("{}_reader", db.name());
        db.run(&format!("create role \"{role}\""));
        let done = db.deploy(Project::new([
            ("a.sql", "select 1"),
            ("__test__/t.sql", "select 1"),
            ("deploy.sql", &format!(
                "begin;
                 set local role \"{role}\";
                 do $$ begin
                     assert current_user = '{role}';
                     assert (select count(*) from pg_temp.pgmi_source_view) = 1;
                     assert (select count(*) from pg_temp.pgmi_plan_view) = 1;
                     assert (select count(*) from pg_temp.pgmi_parameter_view) = 1;
                     assert (select count(*) from pg_temp.pgmi_source_metadata_view) = 0;
                     assert (select count(*) from pg_temp.pgmi_test_source_view) = 1;
                     assert (select count(*) from pg_temp.pgmi_test_directory_view) = 1;
                     assert (select count(*) from pg_temp.pgmi_test_plan()) = 2;
                 end $$;
                 commit;"
            )),
        ]), &["--param", "p=1"]);
        db.run(&format!("drop role \"{role}\""));
        done.expect(0);
    }

    fn the_session_outlives_the_commit(db: &Database) {
        let done = db.deploy(Project::new([
            ("a.sql", "select 1"),
            ("b.txt", "b"),
            ("deploy.sql", "begin; commit;
                do $$ begin assert (select count(*) from pg_temp.pgmi_source_view) = 2; end $$;
                do $$ begin assert current_setting('pgmi.p') = '1'; end $$;"),
        ]), &["--param", "p=1"]);
        done.expect(0);
    }

    fn the_test_plan_can_be_kept(db: &Database) {
        let done = db.deploy(Project::new([
            ("__test__/_setup.sql", "select 1"),
            ("__test__/t.sql", "select 1"),
            ("deploy.sql", "begin;
                create schema kept;
                select pg_temp.pgmi_persist_test_plan('public');
                select pg_temp.pgmi_persist_test_plan('public');
                select pg_temp.pgmi_persist_test_plan('kept', '/nothing/');
                commit;"),
        ]), &[]);
        done.expect(0);
        let plan = "select ordinal, step_type, script_path, directory, depth from public.pgmi_test_plan order by 1";
        assert_eq!(db.rows(plan), [
            "1|fixture|./__test__/_setup.sql|./__test__/|0",
            "2|test|./__test__/t.sql|./__test__/|0",
            "3|teardown||./__test__/|0",
        ]);
        assert_eq!(db.value("select count(*) from kept.pgmi_test_plan"), "0");
    }

    fn files_are_registered_under_one_spelling_of_their_path(db: &Database) {
        let done = db.deploy_sql(
            "begin;
             create table registered as
             select r.* from (values (1, 'a\\b\\c.sql'), (2, '/abs//x.tar.gz'), (3, '  sp/ace.SQL '), (4, '././y'),
                                     (5, 'notes.txt~'), (6, 'z.'), (7, 'd/.hidden'), (8, 'x/001.sql.bak'),
                                     (9, 'é/ü.sql'), (10, 'a b/c d.sql'), (11, './/a.ddl')) as given (n, path)
              cross join lateral pg_temp.pgmi_register_file(
                  given.path, 'é', repeat('a', 64), repeat('b', 64)) as r
              order by given.n;
             do $$
             declare v_path text;
             begin
                 foreach v_path in array array['./__test__/t.sql', './n/__tests__/t.sql', 'n/__test__/a/t.sql'] loop
                     begin
                         perform pg_temp.pgmi_register_file(v_path, '', repeat('a', 64), repeat('a', 64));
                         raise 'accepted %', v_path;
                     exception when check_violation then
                         assert sqlerrm like '%chk_path_is_not_test%', sqlerrm;
                     end;
                 end loop;
             end $$;
             commit;",
        );
        done.expect(0);
        let rows = "select path, name, directory, extension, depth, path_parts, is_sql_file, parent_folder_name, size_bytes
                      from registered order by path collate \"C\"";
        assert_eq!(db.rows(rows), [
            "././y|y|././||1|{.,.,y}|f|.|2",
            "./a b/c d.sql|c d.sql|./a b/|.sql|1|{.,\"a b\",\"c d.sql\"}|t|a b|2",
            "./a.ddl|a.ddl|./|.ddl|0|{.,a.ddl}|t||2",
            "./a/b/c.sql|c.sql|./a/b/|.sql|2|{.,a,b,c.sql}|t|b|2",
            "./abs/x.tar.gz|x.tar.gz|./abs/|.gz|1|{.,abs,x.tar.gz}|f|abs|2",
            "./d/.hidden|.hidden|./d/|.hidden|1|{.,d,.hidden}|f|d|2",
            "./notes.txt~|notes.txt~|./||0|{.,notes.txt~}|f||2",
            "./sp/ace.SQL|ace.SQL|./sp/|.SQL|1|{.,sp,ace.SQL}|t|sp|2",
            "./x/001.sql.bak|001.sql.bak|./x/|.bak|1|{.,x,001.sql.bak}|f|x|2",
            "./z.|z.|./||0|{.,z.}|f||2",
            "./é/ü.sql|ü.sql|./é/|.sql|1|{.,é,ü.sql}|t|é|2",
        ]);
    }

    fn helper_functions_answer(db: &Database) {
        let done = db.deploy(Project::new([
            ("__test__/a/b/t.sql", "select 1"),
            ("__test__/c/_setup.sql", "select 1"),
            ("__test__/t.sql", "select 1"),
            ("deploy.sql", "do $$ begin
                assert pg_temp.pgmi_validate_pattern(null) is null;
                assert pg_temp.pgmi_validate_pattern('/a/') = '/a/';
                assert pg_temp.pgmi_has_tests('./__test__/');
                assert pg_temp.pgmi_has_tests('./__test__/', '/b/');
                assert not pg_temp.pgmi_has_tests('./__test__/c/'), 'a fixture is no test';
                assert not pg_temp.pgmi_has_tests('./__test__/a/b/', '/c/');
                perform pg_temp.pgmi_run_test_source('./__test__/t.sql');
                begin
                    perform pg_temp.pgmi_validate_pattern('(');
                    assert false;
                exception when invalid_regular_expression then
                    assert sqlerrm = 'Invalid regex pattern: (', sqlerrm;
                end;
                begin
                    perform pg_temp.pgmi_test_generate(null, 'x; drop table y');
                    assert false;
                exception when invalid_parameter_value then null;
                end;
            end $$;"),
        ]), &[]);
        done.expect(0);
    }

    fn a_run_test_source_says_which_file_failed(db: &Database) {
        let done = db.deploy(Project::new([
            ("__test__/t.sql", "do $$ begin raise 'no luck' using errcode = 'AB123', detail = 'the detail'; end $$"),
            ("deploy.sql", "select pg_temp.pgmi_run_test_source('./__test__/t.sql')"),
        ]), &[]);
        let json = done.expect(13).json();
        assert_eq!(json["error"], "Failed in ./__test__/t.sql: no luck");
        assert_eq!(json["sqlstate"], "AB123");
        assert_eq!(json["detail"], "the detail");
        assert_eq!(json["failedFile"], "./__test__/t.sql");
    }

    fn compat_names_a_version_that_exists(db: &Database) {
        let project = Project::new([("deploy.sql", "select 1")]);
        db.deploy(&project, &["--compat=1"]).expect(0);
        db.deploy(&project, &["--compat="]).expect(0);
        db.run("create table kept ()");
        for more in [&["--compat=99"][..], &["--compat=99", "--overwrite", "--force"]] {
            let done = db.deploy(&project, more).expect(10);
            done.says(&["unsupported API version \"99\"; supported: [1]"]);
        }
        assert!(db.has("kept"));
    }

    fn sessions_are_made_in_silence_and_can_be_made_again(db: &Database) {
        let said = Arc::new(Mutex::new(Vec::new()));
        let listener = said.clone();
        let mut config: postgres::Config = db.connection_string().parse().unwrap();
        config.notice_callback(move |notice| listener.lock().unwrap().push(notice.to_string()));
        let mut client = config.connect(NoTls).unwrap();
        let room = concat!(env!("CARGO_MANIFEST_DIR"), "/../pgmi-engine/src/session");
        let sql = |name: &str| fs::read_to_string(format!("{room}/{name}.sql")).unwrap();
        for _ in 0..2 {
            client.batch_execute(&sql("tables")).unwrap();
            let rows = "select (select count(*) from pg_temp._pgmi_source) + (select count(*) from pg_temp._pgmi_parameter)";
            assert_eq!(client.query_one(rows, &[]).unwrap().get::<_, i64>(0), 0);
            client.batch_execute(&(sql("views") + &sql("functions"))).unwrap();
            client.batch_execute(
                "select pg_temp.pgmi_register_file('a.sql', '', repeat('a', 64), repeat('a', 64));
                 insert into pg_temp._pgmi_parameter (key, value) values ('k', 'v')",
            ).unwrap();
        }
        assert_eq!(*said.lock().unwrap(), [""; 0]);
    }
}

#[test]
fn both_lists_of_sql_extensions_agree() {
    let db = Database::create(17);
    let mut names = Vec::new();
    for extension in ["sql", "ddl", "dml", "dql", "dcl", "psql", "pgsql", "plpgsql"] {
        names.extend([extension.to_owned(), extension.to_uppercase()]);
    }
    names.extend(
        ["md", "json", "sql.bak", "sql~", "sql.orig", "sqlx", "xsql", "tar.SQL"].map(str::to_owned),
    );
    let project = Project::new(names.iter().enumerate().map(|(n, it)| (format!("f{n}.{it}"), "")));
    project.write("none", "").write(
        "deploy.sql",
        "begin;
         create table answers as select path, is_sql_file, pg_temp.pgmi_is_sql_file(name) as answer
           from pg_temp.pgmi_source_view;
         commit;",
    );
    db.deploy(&project, &[]).expect(0);
    assert_eq!(db.value("select count(*) from answers where is_sql_file <> answer"), "0");
    assert_eq!(db.value("select count(*) from answers where is_sql_file"), "17");
    assert_eq!(db.value("select count(*) from answers where not is_sql_file"), "8");
}
