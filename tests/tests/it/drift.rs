//! `deploy --record` and `drift`: what other hands have changed since.

use pgmi_tests::{Command, Database, Finished, Project, on_every_major};
use serde_json::Value;

/// One object of each kind.
const EVERYTHING: &str = "
    create schema s;
    create type s.mood as enum ('sad', 'happy');
    create type s.pair as (a int, b text);
    create domain s.email as text constraint has_at check (value like '%@%');
    create table s.t (id int generated always as identity primary key, name text not null default 'x', mood s.mood, mail s.email);
    create table s.u (id int references s.t);
    create index u_id on s.u (id);
    create view s.v as select id, name from s.t;
    create materialized view s.m as select 1 as one;
    create function s.f(a int) returns int language sql as 'select a';
    create procedure s.p() language sql as 'select 1';
    create aggregate s.total(int) (sfunc = int4pl, stype = int);
    create function s.touch() returns trigger language plpgsql as 'begin return new; end';
    create trigger touch before insert on s.t for each row execute function s.touch();
    create rule quiet as on delete to s.u do instead nothing;
    create sequence s.q;
    alter table s.t enable row level security;
    create policy mine on s.t for select using (id > 1);
    create statistics s.pairs on id, name from s.t;
    grant select on s.t to public;
    comment on table s.t is 'Things.';";

fn deploy(db: &Database, sql: &str) -> Finished {
    let project = Project::new([("deploy.sql", format!("begin; {sql} commit;"))]);
    db.deploy(&project, &["--record"])
}

fn drift(db: &Database) -> Finished {
    let folder = Project::empty();
    let connection = db.connection_string();
    Command::new(&["drift", folder.arg(), "--json", "--connection", &connection]).run()
}

/// `added table s.x`, one line a change.
fn changes(done: &Finished) -> Vec<String> {
    let json = done.json();
    let text = |it: &Value, key: &str| it[key].as_str().unwrap().to_owned();
    let list = json["changes"].as_array().unwrap().iter();
    list.map(|it| format!("{} {} {}", text(it, "change"), text(it, "kind"), text(it, "name")))
        .collect()
}

on_every_major! {
    fn a_change_of_each_kind_of_object_is_found_and_nothing_else(db: &Database) {
        let told = deploy(db, EVERYTHING).expect(0);
        assert_eq!(told.json()["recorded"], true);
        let same = drift(db).expect(0);
        assert_eq!((&same.json()["status"], changes(&same)), (&"same".into(), vec![]));
        for (change, back, expected) in [
            ("create schema other", "drop schema other", &["added schema other"][..]),
            ("alter table s.t add extra int", "alter table s.t drop extra", &["added column s.t.extra"]),
            ("alter table s.t alter name drop not null", "alter table s.t alter name set not null", &["changed column s.t.name"]),
            ("alter table s.t alter name set default 'y'", "alter table s.t alter name set default 'x'", &["changed column s.t.name"]),
            ("alter table s.u alter id type bigint", "alter table s.u alter id type int", &["changed column s.u.id"]),
            ("alter table s.u set (fillfactor = 50)", "alter table s.u reset (fillfactor)", &["changed table s.u"]),
            ("alter table s.u set unlogged", "alter table s.u set logged", &["changed table s.u"]),
            ("alter table s.t no force row level security, disable row level security", "alter table s.t enable row level security", &["changed table s.t"]),
            ("create table s.new (a int primary key, b int); create index on s.new (b); comment on table s.new is 'x'", "drop table s.new", &["added table s.new"]),
            ("alter table s.u drop constraint u_id_fkey", "alter table s.u add foreign key (id) references s.t", &["removed constraint u_id_fkey on s.u"]),
            ("alter domain s.email drop constraint has_at", "alter domain s.email add constraint has_at check (value like '%@%')", &["removed constraint has_at on s.email"]),
            ("drop index s.u_id", "create index u_id on s.u (id)", &["removed index s.u_id"]),
            ("drop index s.u_id; create index u_id on s.u (id desc)", "drop index s.u_id; create index u_id on s.u (id)", &["changed index s.u_id"]),
            ("create or replace view s.v as select id, upper(name) as name from s.t", "create or replace view s.v as select id, name from s.t", &["changed view s.v"]),
            ("drop materialized view s.m", "create materialized view s.m as select 1 as one", &["removed materialized view s.m"]),
            ("create or replace function s.f(a int) returns int language sql as 'select a + 1'", "create or replace function s.f(a int) returns int language sql as 'select a'", &["changed function s.f(a integer)"]),
            ("create function s.f(a text) returns int language sql as 'select 1'", "drop function s.f(text)", &["added function s.f(a text)"]),
            ("create or replace procedure s.p() language sql as 'select 2'", "create or replace procedure s.p() language sql as 'select 1'", &["changed procedure s.p()"]),
            ("drop aggregate s.total(int); create aggregate s.total(int) (sfunc = int4pl, stype = int, initcond = '5')", "drop aggregate s.total(int); create aggregate s.total(int) (sfunc = int4pl, stype = int)", &["changed aggregate s.total(integer)"]),
            ("alter table s.t disable trigger touch", "alter table s.t enable trigger touch", &["changed trigger touch on s.t"]),
            ("drop rule quiet on s.u", "create rule quiet as on delete to s.u do instead nothing", &["removed rule quiet on s.u"]),
            ("alter sequence s.q increment 5", "alter sequence s.q increment 1", &["changed sequence s.q"]),
            ("alter policy mine on s.t using (id > 2)", "alter policy mine on s.t using (id > 1)", &["changed policy mine on s.t"]),
            ("drop statistics s.pairs", "create statistics s.pairs on id, name from s.t", &["removed statistics s.pairs"]),
            ("grant insert on s.t to public", "revoke insert on s.t from public", &["changed grant table s.t to public"]),
            ("grant update (name) on s.t to public", "revoke update (name) on s.t from public", &["added grant column s.t.name to public"]),
            ("revoke execute on function s.f(int) from public", "grant execute on function s.f(int) to public", &["added grant function s.f(a integer) to public"]),
            ("grant usage on schema s to public", "revoke usage on schema s from public", &["added grant schema s to public"]),
            ("comment on table s.t is 'Other things.'", "comment on table s.t is 'Things.'", &["changed comment on table s.t"]),
            ("comment on column s.t.name is 'x'", "comment on column s.t.name is null", &["added comment on table column s.t.name"]),
            ("alter default privileges in schema s grant select on tables to public", "alter default privileges in schema s revoke select on tables from public", &["added default privileges of postgres in s on tables"]),
            ("alter type s.pair add attribute c int", "alter type s.pair drop attribute c", &["changed type s.pair"]),
            ("alter domain s.email set not null", "alter domain s.email drop not null", &["changed type s.email"]),
            ("create function s.ddl() returns event_trigger language plpgsql as 'begin end'; create event trigger et on ddl_command_end execute function s.ddl()", "drop event trigger et; drop function s.ddl()", &["added event trigger et", "added function s.ddl()"]),
            // Last: a label cannot be taken back.
            ("alter type s.mood add value 'so so' after 'sad'", "", &["changed type s.mood"]),
        ] {
            db.run(change);
            let found = drift(db).expect(4);
            assert_eq!(changes(&found), expected, "{change}");
            db.run(back);
            if !back.is_empty() {
                assert_eq!(changes(&drift(db).expect(0)), [""; 0], "{back}");
            }
        }
    }

    fn what_is_no_drift(db: &Database) {
        deploy(db, EVERYTHING).expect(0);
        let mut session = db.client();
        session.batch_execute(
            "create temporary table scratch (a int); create function pg_temp.f() returns int language sql as 'select 1';
             insert into s.t (name) values ('a'); select nextval('s.q'); analyze; refresh materialized view s.m;").unwrap();
        // In which way a session likes to see things does not matter.
        db.run(&format!("alter database \"{0}\" set search_path = s; alter database \"{0}\" set quote_all_identifiers = on;
                         alter database \"{0}\" set datestyle = 'SQL, DMY'", db.name()));
        assert_eq!(changes(&drift(db).expect(0)), [""; 0]);
    }

    fn what_is_made_in_another_way_is_the_same(db: &Database) {
        let list = |db: &Database| db.rows("select kind, name, parent, definition from pgmi.deployment_object order by 1, 2");
        deploy(db, EVERYTHING).expect(0);
        // Other oids, columns that were dropped, another order, the objects of an earlier deployment.
        let other = Database::create(db.major());
        let detour = EVERYTHING
            .replace("create table s.u (id int references s.t);", "create table s.u (gone int, id int references s.t); alter table s.u drop gone;")
            .replace("create sequence s.q;", "")
            .replace("create schema s;", "create table junk (a int); drop table junk; create schema s; create sequence s.q;");
        deploy(&other, &detour).expect(0);
        deploy(&other, "select 1;").expect(0);
        assert_eq!(list(&other), list(db));
    }

    fn a_record_is_replaced_and_can_be_dropped(db: &Database) {
        drift(db).expect(10).says(&["error[nothing-recorded]", "--record"]);
        deploy(db, "create table a (i int);").expect(0);
        db.run("create table b (i int)");
        assert_eq!(changes(&drift(db).expect(4)), ["added table public.b"]);
        deploy(db, "create table c (i int);").expect(0);
        assert_eq!(changes(&drift(db).expect(0)), [""; 0]);
        assert_eq!(db.value("select count(*) from pgmi.deployment"), "1");
        assert_eq!(db.value("select definition from pgmi.deployment_object where name = 'public.a.i'"), "integer");
        db.run("drop schema pgmi cascade");
        drift(db).expect(10);
    }

    fn only_what_succeeded_is_recorded(db: &Database) {
        deploy(db, "select nonsense;").expect(13);
        assert!(!db.has("pgmi.deployment"));
        let project = Project::new([("deploy.sql", "begin; create table t (); commit;")]);
        db.deploy(&project, &[]).expect(0);
        assert!(!db.has("pgmi.deployment"));
        db.deploy(&project, &["--record", "--dry-run"]).expect(2);
        // A session that changed who it is, and left a transaction open.
        let role = format!("{}_r", db.name());
        db.run(&format!("create role \"{role}\""));
        let odd = Project::new([("deploy.sql",
            format!("begin; create table u (); set role \"{role}\"; set search_path = nowhere; commit; begin; create temp table x ();"))]);
        let done = db.deploy(&odd, &["--record"]);
        db.run(&format!("drop role \"{role}\""));
        done.expect(0);
        assert_eq!(changes(&drift(db).expect(0)), [""; 0]);
    }
}

#[test]
fn people_see_the_definition_before_and_after() {
    let db = Database::create(18);
    deploy(&db, EVERYTHING).expect(0);
    db.run(
        "alter table s.t alter name drop not null; create table s.new (a int); drop index s.u_id;
            create or replace function s.f(a int) returns int language sql as 'select a + 1'",
    );
    let folder = Project::empty();
    let connection = db.connection_string();
    let done = Command::new(&["drift", folder.arg(), "--connection", &connection]).run().expect(4);
    for lines in [
        "changed   column s.t.name\n          -text not null default 'x'::text\n          +text default 'x'::text\n",
        "added     table s.new\n          +owner postgres\n",
        "removed   index s.u_id\n          -CREATE INDEX u_id ON s.u USING btree (id)\n",
        "          -AS $function$select a$function$\n          +AS $function$select a + 1$function$\n",
    ] {
        assert!(done.stdout.contains(lines), "{lines}\n{}", done.stdout);
    }
    done.says(&["4 objects were changed since postgres deployed at"]);
}

/// Whoever looks at a difference wants to know that a deployment came in between.
#[test]
fn a_deployment_that_is_not_recorded_is_told_with_what_it_changed() {
    let db = Database::create(18);
    deploy(&db, "create table a (i int);").expect(0);
    let unrecorded = |sql: &str| {
        let project = Project::new([("deploy.sql", sql)]);
        db.deploy(&project, &[])
    };
    let noted = || db.value("select count(unrecorded_at) from pgmi.deployment");
    // Neither what failed nor a rehearsal is a deployment.
    unrecorded("begin; create table b (); select 1/0; commit;").expect(13);
    db.deploy(Project::new([("deploy.sql", "begin; commit;")]), &["--dry-run"]).expect(0);
    assert_eq!(noted(), "0");
    // What its session has done to itself does not matter; half of one counts.
    unrecorded("begin; create table b (); set role pg_read_all_data; commit; select 1/0;")
        .expect(13);
    let found = drift(&db).expect(4).says(&["postgres deployed at", "without --record"]);
    assert_eq!(changes(&found), ["added table public.b"]);
    assert_eq!(found.json()["unrecorded"]["by"], "postgres");
    deploy(&db, "select 1;").expect(0);
    let same = drift(&db).expect(0).hides("without --record");
    assert!(same.json()["unrecorded"].is_null());
    unrecorded("select 1;").expect(0);
    assert_eq!(noted(), "1");
    drift(&db).expect(0).hides("without --record");
    // Who may not write into the record deploys as before; tables of others named so stay as they are.
    db.run("drop schema pgmi cascade; create schema pgmi; create table pgmi.deployment (unrecorded_at int)");
    unrecorded("select 1;").expect(0);
}

#[test]
fn objects_of_extensions_are_not_looked_at() {
    let db = Database::create(18);
    deploy(&db, "select 1;").expect(0);
    db.run("create extension hstore");
    assert_eq!(changes(&drift(&db).expect(4)), ["added extension hstore"]);
}

#[test]
fn a_role_that_may_not_make_a_schema_is_told_what_to_do() {
    let db = Database::create(17);
    let role = format!("{}_r", db.name());
    db.run(&format!(
        "create role \"{role}\" login; grant temporary on database \"{}\" to \"{role}\"",
        db.name()
    ));
    let project = Project::new([("deploy.sql", "select 1;")]);
    let connection = db.connection_string().replace("user=postgres", &format!("user={role}"));
    let run = || {
        let arguments =
            ["deploy", project.arg(), "--record", "--json", "--connection", &connection];
        Command::new(&arguments).run()
    };
    let refused = run();
    db.run(&format!("create schema pgmi authorization \"{role}\""));
    let accepted = run();
    // Whoever may connect may compare.
    let read = drift(&db);
    db.run(&format!("drop owned by \"{role}\" cascade; drop role \"{role}\""));
    refused.expect(1).says(&[
        "deployed, but what is in the database cannot be recorded",
        "create schema pgmi authorization",
    ]);
    accepted.expect(0);
    read.expect(0);
}
