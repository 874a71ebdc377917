//! What is read of a given database: statistics, and nothing else; and what is tried there.

use std::collections::HashMap;

use pgmi_engine::connection::{Defaults, Environment, Flags, Target, resolve};
use pgmi_engine::describe::Describer;
use pgmi_engine::diagnostic::SourceText;
use pgmi_engine::index::{
    Candidate, CandidateKind, IndexDefinition, QueryId, Refusal, Trial, TrialRequest, Workload,
    WorkloadQuery, read_statistics,
};
use pgmi_engine::query::Query;
use pgmi_tests::{Database, on_every_major};

const SCHEMA: &str = "
    create table album (id int8 primary key, name text not null, tags text[], kind text);
    insert into album
    select i, 'name ' || i, case when i % 4 > 0 then array['a'] end, case when i % 2 = 0 then 'it''s' else 'b' || i end
    from generate_series(1, 4000) as i;
    create table small (id int8 primary key, name text not null);
    insert into small values (1, 'a');
    analyze;";

fn target(db: &Database, role: Option<&str>) -> Target {
    let flags = Flags { connection: Some(db.connection_string()), ..Flags::default() };
    let flags = Flags { username: role.map(str::to_owned), ..flags };
    let flags = match role {
        // A user besides a connection string is a contradiction.
        Some(role) => {
            let config: postgres::Config = db.connection_string().parse().unwrap();
            let host = match &config.get_hosts()[0] {
                postgres::config::Host::Tcp(host) => host.clone(),
                #[cfg(unix)]
                postgres::config::Host::Unix(path) => path.display().to_string(),
            };
            Flags {
                connection: None,
                host: Some(host),
                port: Some(config.get_ports()[0].to_string()),
                username: Some(role.to_owned()),
                database: Some(db.name().to_owned()),
                ..Flags::default()
            }
        }
        None => flags,
    };
    let nothing: [(&str, &str); 0] = [];
    resolve(&flags, &Environment::from_iter(nothing), &Defaults::default()).unwrap()
}

/// A role that may connect and nothing else; roles are shared by all databases of a server.
fn role(db: &Database) -> String {
    let name = db.name().replace("t_", "r_");
    db.run(&format!("create role \"{name}\" login"));
    name
}

fn workload(db: &Database, sql: &str) -> Workload {
    let mut describer = Describer::connect(&db.connection_string().parse().unwrap()).unwrap();
    let query = Query::parse(None, SourceText::new("inline", sql)).unwrap();
    let described = describer.describe(&query).unwrap();
    Workload {
        queries: vec![WorkloadQuery {
            name: "find_album".to_owned(),
            sql: query.sql,
            parameters: Vec::new(),
            trees: described.queries,
            literals: Vec::new(),
        }],
        ..Workload::default()
    }
}

fn candidate(table: &str) -> Candidate {
    Candidate {
        index: IndexDefinition::btree("public", table, &["name"]),
        serves: vec![QueryId(0)],
        kind: CandidateKind::Needed,
        reason: String::new(),
        write_cost: 0,
    }
}

on_every_major! {
    fn statistics_are_read_and_no_rows(db: &Database) {
        db.run(SCHEMA);
        let scans = "select coalesce(sum(seq_tup_read), 0)::int8 from pg_stat_user_tables";
        let before: i64 = db.client().query_one(scans, &[]).unwrap().get(0);
        let statistics = read_statistics(&target(db, None)).unwrap();
        let after: i64 = db.client().query_one(scans, &[]).unwrap().get(0);
        assert_eq!(before, after);
        let album = &statistics[&("public".to_owned(), "album".to_owned())];
        assert!((album.rows - 4000.0).abs() < 1.0 && album.pages > 10.0);
        assert!((album.columns["tags"].null_frac - 0.25).abs() < 0.01);
        assert!((album.columns["name"].n_distinct + 1.0).abs() < 0.01);
        let (value, share) = &album.columns["kind"].most_common[0];
        assert!(value == "it's" && (share - 0.5).abs() < 0.01);
    }

    fn who_may_not_see_statistics_is_told(db: &Database) {
        db.run(SCHEMA);
        let role = role(db);
        let error = read_statistics(&target(db, Some(&role))).unwrap_err();
        let words = error.primary();
        let expected = "the statistics of public.album and 1 more tables cannot be read: permission denied";
        assert_eq!(words.message, expected);
        assert!(words.help[0].starts_with("grant select on public.album, public.") && words.help[1].contains("pg_read_all_data"));
        assert_eq!(words.code.name(), "insufficient-privilege");
        db.run(&format!("grant pg_read_all_data to \"{role}\""));
        assert_eq!(read_statistics(&target(db, Some(&role))).unwrap().len(), 2);
        db.run(&format!("drop role \"{role}\""));
    }

    fn a_given_database_is_left_as_it_is(db: &Database) {
        db.run(SCHEMA);
        let workload = workload(db, "select a.id from album a, small s where a.name = 'name 7' and s.name = 'a'");
        let catalog = pgmi_engine::catalog::Catalog::read(&mut db.client()).unwrap();
        let request = TrialRequest { catalog: &catalog, workload: &workload };
        let objects = "select count(*) from pg_class";
        let before: i64 = db.client().query_one(objects, &[]).unwrap().get(0);
        let mut trial = Trial::live(&target(db, None), &request).unwrap();
        assert!(!trial.can_try());
        let choice = trial.choose(&[candidate("album"), candidate("small")]).unwrap();
        assert!(choice.chosen[0].is_guess && choice.chosen[0].serves[0].after.is_none());
        assert_eq!(choice.chosen.iter().map(|it| it.candidate).collect::<Vec<_>>(), [0]);
        assert!(matches!(choice.refused[0].reason, Refusal::NoGain));
        let after: i64 = db.client().query_one(objects, &[]).unwrap().get(0);
        assert_eq!(before, after);
        // What would create something is refused by PostgreSQL.
        let index = IndexDefinition { name: "x".into(), ..IndexDefinition::btree("public", "album", &["name"]) };
        assert!(trial.drop_existing(&index).is_ok_and(|it| format!("{it:?}").contains("read-only")));

        let role = role(db);
        let error = Trial::live(&target(db, Some(&role)), &request).err().unwrap();
        assert_eq!(error.sqlstate(), Some("42501"));
        assert!(error.primary().message.contains("find_album"));
        db.run(&format!("drop role \"{role}\""));
    }

    fn hypopg_is_asked_where_it_is(db: &Database) {
        db.run(SCHEMA);
        let there = "select count(*) from pg_available_extensions where name = 'hypopg'";
        if db.client().query_one(there, &[]).unwrap().get::<_, i64>(0) == 0 {
            eprintln!("left out: PostgreSQL {} comes without hypopg", db.major());
            return;
        }
        db.run("create extension hypopg");
        let workload = workload(db, "select id from album where name = 'name 7'");
        let catalog = pgmi_engine::catalog::Catalog::read(&mut db.client()).unwrap();
        let request = TrialRequest { catalog: &catalog, workload: &workload };
        let mut trial = Trial::live(&target(db, None), &request).unwrap();
        assert!(trial.can_try());
        let wide = IndexDefinition::btree("public", "album", &["name", "id", "kind"]);
        let gin = IndexDefinition { method: "gin".into(), ..IndexDefinition::btree("public", "album", &["tags"]) };
        let candidates = [
            candidate("album"),
            Candidate { index: wide, ..candidate("album") },
            Candidate { index: gin, ..candidate("album") },
        ];
        let choice = trial.choose(&candidates).unwrap();
        let chosen: HashMap<_, _> = choice.chosen.iter().map(|it| (it.candidate, it.serves[0])).collect();
        assert!(chosen[&0].after.unwrap() < chosen[&0].before / 5.0, "{choice:?}");
        assert_eq!(chosen.len(), 1);
        let real = "select count(*) from pg_class where relname like '%pgmi%'";
        assert_eq!(db.client().query_one(real, &[]).unwrap().get::<_, i64>(0), 0);
    }
}
