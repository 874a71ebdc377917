//! What others have left behind.

use pgmi_engine::cluster::Server;
use pgmi_engine::connection::Environment;
use pgmi_engine::project::Parameters;
use pgmi_engine::shadow::Shadows;
use pgmi_tests::{Project, isolated, on_every_major};
use postgres::{Client, NoTls};

use super::{connect, copy, open, template, text};

fn given(string: &str) -> Shadows {
    Shadows::on(Server::given(string, None, &Environment::default()).unwrap()).unwrap()
}

fn project() -> Project {
    Project::new([("deploy.sql", "create table t (a int);")])
}

on_every_major! {
    fn only_what_nobody_needs_is_dropped(major: u16) {
        let cluster = isolated(major);
        let string = cluster.connection_string("postgres");
        let mut client = Client::connect(&string, NoTls).unwrap();
        let mut databases = || -> Vec<String> {
            let sql = "select datname::text from pg_database
                        where datname !~ '^template|^postgres$' order by datname";
            client.query(sql, &[]).unwrap().iter().map(|row| row.get(0)).collect()
        };

        let shadows = given(&string);
        let living = copy(&shadows, &project());
        let kept = copy(&shadows, &project()).keep().unwrap();
        let template = template(&shadows, &project()).unwrap().name().to_owned();
        let orphan = format!("{template}_0123456789abcdef_0");
        let foreign = ["pgmi_mine", "pgmi_0123456789abcdef_x", "shop"];
        let mut other = Client::connect(&string, NoTls).unwrap();
        let mut create = |name: &str| {
            other.batch_execute(&format!("create database \"{name}\"")).unwrap();
        };
        create(&orphan);
        create("pgmi_00000000000000aa");
        foreign.into_iter().for_each(&mut create);
        other.batch_execute("create role somebody").unwrap();
        other.batch_execute("create database pgmi_00000000000000bb owner somebody").unwrap();

        let next = given(&string);
        let mut expected = vec![living.name().to_owned(), kept.clone(), template.clone()];
        expected.push("pgmi_00000000000000bb".into());
        expected.extend(foreign.map(str::to_owned));
        expected.sort();
        assert_eq!(databases(), expected);
        connect(&living);

        other.batch_execute(&format!("comment on database \"{kept}\" is 'pgmi kept, since 0'")).unwrap();
        other.batch_execute(&format!("comment on database \"{template}\" is 'pgmi template, used 0'")).unwrap();
        drop((next, living, shadows));
        drop(given(&string));
        let left = databases();
        assert!(!left.contains(&kept) && !left.contains(&template), "{left:?}");
    }

    fn a_half_made_template_heals(major: u16) {
        let cluster = isolated(major);
        let string = cluster.connection_string("postgres");
        let (shadows, project) = (given(&string), project());
        let hash = shadows.schema(&open(&project), &Parameters::default());
        let half = format!("create database pgmi_{}", hash.short());
        Client::connect(&string, NoTls).unwrap().batch_execute(&half).unwrap();
        // Somebody who makes it was killed, and their session is still there.
        let session = shadows.server().connection_string(&format!("pgmi_{}", hash.short()));
        let _session = Client::connect(&session, NoTls).unwrap();
        let shadow = copy(&shadows, &project);
        assert_eq!(text(&mut connect(&shadow), "select count(*)::text from t"), "0");
    }

    fn a_clock_that_jumped_makes_nothing_go_that_is_in_use(major: u16) {
        let cluster = isolated(major);
        let string = cluster.connection_string("postgres");
        let mut client = Client::connect(&string, NoTls).unwrap();
        let shadows = given(&string);
        let name = template(&shadows, &project()).unwrap().name().to_owned();
        let kept = copy(&shadows, &project()).keep().unwrap();
        let living = copy(&shadows, &project());
        // All of them are of years that have not come: the clock was set back.
        for (name, words) in [(&name, "pgmi template, used"), (&kept, "pgmi kept, since")] {
            client.batch_execute(&format!("comment on database \"{name}\" is '{words} 4102444800'")).unwrap();
        }
        let next = given(&string);
        let again = template(&next, &project()).unwrap();
        assert_eq!((again.name(), again.was_made()), (name.as_str(), false));
        connect(&living);
        connect(&copy(&next, &project()));
        // It was set far ahead: what is in use stays, what is only kept may go, and the template is made anew.
        for (name, words) in [(&name, "pgmi template, used"), (&kept, "pgmi kept, since")] {
            client.batch_execute(&format!("comment on database \"{name}\" is '{words} 0'")).unwrap();
        }
        let last = given(&string);
        connect(&living);
        connect(&copy(&last, &project()));
    }
}
