//! One template for each schema, and copies of it.

use std::sync::Arc;

use pgmi_engine::cluster::Server;
use pgmi_engine::connection::Environment;
use pgmi_engine::diagnostic::Code;
use pgmi_engine::project::Parameters;
use pgmi_engine::session::Interrupt;
use pgmi_engine::shadow::Shadows;
use pgmi_tests::{Project, cluster, on_every_major};
use postgres::{Client, NoTls};

use super::{connect, copy, open, shadows, template, text, unique};

fn shop() -> Project {
    let deploy = format!(
        "begin;
         create schema shop;
         create type shop.state as enum ('new', 'paid');
         create table shop.orders (id bigint primary key, state shop.state not null);
         insert into shop.orders values (1, 'paid');
         call pgmi_test();
         commit;
         create index concurrently on shop.orders (state);
         -- {}",
        unique()
    );
    Project::new([("deploy.sql", deploy.as_str()), ("__test__/fails.sql", "select 1 / 0")])
}

/// A server by its connection string, for a role that may create databases and nothing else.
fn given(major: u16) -> Shadows {
    let superuser = cluster(major).connection_string("postgres");
    let mut client = Client::connect(&superuser, NoTls).unwrap();
    let role = format!("creator_{}", unique());
    client.batch_execute(&format!("create role {role} login createdb")).unwrap();
    let string = superuser.replace("user=postgres", &format!("user={role}"));
    Shadows::on(Server::given(&string, Some(major), &Environment::default()).unwrap()).unwrap()
}

on_every_major! {
    fn a_template_is_made_once_and_copied(major: u16) {
        let (shadows, project) = (shadows(major), shop());
        let made = template(&shadows, &project).unwrap();
        assert!(made.was_made());
        let found = template(&shadows, &project).unwrap();
        assert!(!found.was_made());
        assert_eq!((made.name(), made.schema()), (found.name(), found.schema()));

        let first = shadows.copy(&found).unwrap();
        let second = shadows.copy(&found).unwrap();
        assert_ne!(first.name(), second.name());
        let mut client = connect(&first);
        client.execute("delete from shop.orders", &[]).unwrap();
        assert_eq!(text(&mut connect(&second), "select state::text from shop.orders"), "paid");
        let encoding = "select encoding || datcollate from pg_database where datname = current_database()";
        assert_eq!(text(&mut client, encoding), "6C");

        let string = first.connection_string().to_owned();
        drop(first);
        let gone = Client::connect(&string, NoTls).err().unwrap();
        assert_eq!(gone.code().unwrap().code(), "3D000");
        let closed = shadows.server().connection_string(found.name());
        let refused = Client::connect(&closed, NoTls).err().unwrap();
        assert!(refused.to_string().contains("db error"), "{refused}");
    }

    fn a_given_server_gets_databases_of_ours_and_nothing_else(major: u16) {
        let (shadows, project) = (given(major), shop());
        let shadow = copy(&shadows, &project);
        assert_eq!(text(&mut connect(&shadow), "select state::text from shop.orders"), "paid");
        let (mine, role) = (shadow.name().to_owned(), shadow.target().user().to_owned());
        drop(shadow);
        let left = "select string_agg(datname, ' ') from pg_database where pg_get_userbyid(datdba) = $1";
        let mut client = Client::connect(&cluster(major).connection_string("postgres"), NoTls).unwrap();
        let left: String = client.query_one(left, &[&role]).unwrap().get(0);
        assert!(mine.starts_with(&left), "only the template: {left}");
    }

    fn settings_and_privileges_come_along(major: u16) {
        let role = format!("reader_{}", unique());
        let deploy = format!(
            "create role {role};
             do $$ begin
                 execute format('alter database %I set search_path to app, public', current_database());
                 execute format('alter database %I set app.colour to ''light blue''', current_database());
                 execute format('alter role {role} in database %I set work_mem to ''5MB''', current_database());
                 execute format('revoke temporary on database %I from public', current_database());
                 execute format('grant create on database %I to {role} with grant option', current_database());
             end $$;"
        );
        let (shadows, project) = (shadows(major), Project::new([("deploy.sql", &deploy)]));
        let shadow = copy(&shadows, &project);
        let mut client = connect(&shadow);
        assert_eq!(text(&mut client, "show search_path"), "app, public");
        assert_eq!(text(&mut client, "show app.colour"), "light blue");
        let of_role = "select setconfig[1] from pg_db_role_setting where setrole <> 0
             and setdatabase = (select oid from pg_database where datname = current_database())";
        assert_eq!(text(&mut client, of_role), "work_mem=5MB");
        let may = |what: &str| {
            format!("select has_database_privilege('{role}', current_database(), '{what}')::text")
        };
        assert_eq!(text(&mut client, &may("create with grant option")), "true");
        assert_eq!(text(&mut client, &may("connect")), "true");
        assert_eq!(text(&mut client, &may("temporary")), "false");
    }

    fn builds_at_the_same_time_make_it_once(major: u16) {
        let project = shop();
        let made: Vec<bool> = std::thread::scope(|scope| {
            let build = || {
                let shadows = shadows(major);
                let template = template(&shadows, &project).unwrap();
                connect(&shadows.copy(&template).unwrap());
                template.was_made()
            };
            let threads: Vec<_> = (0..4).map(|_| scope.spawn(build)).collect();
            threads.into_iter().map(|it| it.join().unwrap()).collect()
        });
        assert_eq!(made.iter().filter(|made| **made).count(), 1, "{made:?}");
    }
}

#[test]
fn parameters_and_files_make_another_schema() {
    let (shadows, project) = (shadows(18), shop());
    let with = |value: &str| {
        let mut parameters = Parameters::default();
        parameters.set("env", value).unwrap();
        shadows.schema(&open(&project), &parameters)
    };
    assert_eq!(with("a"), with("a"));
    assert_ne!(with("a"), with("b"));
    let before = with("a");
    project.write("tables/new.sql", "select 1");
    assert_ne!(with("a"), before);
}

#[test]
fn a_failing_deployment_leaves_no_template() {
    let shadows = shadows(18);
    let project = Project::new([
        (
            "deploy.sql",
            "do $$ begin execute (select content from pg_temp.pgmi_source_view); end $$;",
        ),
        ("tables/a.sql", "create table a (\n    id intt primary key\n);\n"),
    ]);
    let error = template(&shadows, &project).unwrap_err();
    let place = error.primary().place().unwrap();
    assert_eq!(place.source.name(), "./tables/a.sql");
    assert_eq!(place.source.line_column(place.span.start).line, 2);
    let name = format!("pgmi_{}", shadows.schema(&open(&project), &Parameters::default()).short());
    let left = Client::connect(&shadows.server().connection_string(&name), NoTls).err().unwrap();
    assert_eq!(left.code().unwrap().code(), "3D000");
}

#[test]
fn work_that_is_rolled_back_in_the_end_is_an_error() {
    let error =
        template(&shadows(17), &Project::new([("deploy.sql", "begin; create table t ();")]));
    assert_eq!(error.unwrap_err().code(), Code::TransactionLeftOpen);
}

#[test]
fn a_role_that_is_there_already_is_explained() {
    let role = format!("app_{}", unique());
    let project = Project::new([("deploy.sql", format!("create role {role};"))]);
    let shadows = shadows(17);
    template(&shadows, &project).unwrap();
    project.write("b.sql", "");
    let error = template(&shadows, &project).unwrap_err();
    assert_eq!(error.sqlstate(), Some("42710"));
    assert!(error.primary().help.join("\n").contains("to_regrole"), "{error:?}");
}

#[test]
fn an_interrupted_deployment_leaves_no_template() {
    let shadows = shadows(18);
    let project = Project::new([("deploy.sql", format!("select pg_sleep(60); -- {}", unique()))]);
    let interrupt = Interrupt::default();
    let stop = interrupt.clone();
    let events = Arc::new(move |event| {
        if matches!(event, pgmi_engine::session::Event::Executing) {
            stop.interrupt();
        }
    });
    let error = shadows
        .template(&open(&project), &Parameters::default(), &(events as _), &interrupt)
        .unwrap_err();
    assert_eq!(error.code(), Code::Interrupted);
}
