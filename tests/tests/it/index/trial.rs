//! Candidates are tried, and those that no query misses go.

use pgmi_engine::index::{
    Candidate, CandidateKind, DropVerdict, IndexDefinition, QueryId, Refusal, Rows, Trial,
    TrialRequest,
};
use pgmi_tests::on_every_major;

use super::Ground;

const SCHEMA: &str = "
    create table artist (id int8 generated always as identity primary key, name text not null);
    create table album (
      id int8 generated always as identity primary key,
      artist int8 not null references artist on delete cascade,
      name text not null,
      released date not null,
      format text not null
    );
    create index album_released on album (released);
    create index album_released_format on album (released, format);";

fn candidate(columns: &[&str], serves: &[usize]) -> Candidate {
    Candidate {
        index: IndexDefinition::btree("public", "album", columns),
        serves: serves.iter().copied().map(QueryId).collect(),
        kind: CandidateKind::Needed,
        reason: String::new(),
        write_cost: 0,
    }
}

on_every_major! {
    fn the_fewest_that_serve_are_left(major: u16) {
        let ground = Ground::of(major, SCHEMA);
        let workload = ground.workload(&[
            ("select id, format from album where name = $1", &[("text", "album.name =")]),
            ("select id from album where name = $1 and artist = $2", &[("text", "album.name ="), ("int8", "album.artist =")]),
            ("select id from album where released = $1", &[("date", "album.released =")]),
            ("delete from artist where id = $1", &[("int8", "artist.id =")]),
            ("select count(*) from album", &[]),
        ]);
        ground.fill(&workload, &Rows::default());
        let catalog = ground.catalog();
        let request = TrialRequest { catalog: &catalog, workload: &workload };
        let mut trial = Trial::begin(&ground.shadow, &request).unwrap();
        let foreign_key = Candidate { kind: CandidateKind::ForeignKey, ..candidate(&["artist"], &[3]) };
        let candidates = [
            candidate(&["name"], &[0]),
            candidate(&["name", "artist"], &[0, 1]),
            // What is there serves as well.
            candidate(&["released", "id"], &[2]),
            foreign_key,
            candidate(&["format"], &[4]),
            candidate(&["no such column"], &[4]),
        ];
        let choice = trial.choose(&candidates).unwrap_or_else(|error| panic!("{error:?}"));
        let chosen: Vec<_> = choice.chosen.iter().map(|it| it.candidate).collect();
        assert_eq!(chosen, [1, 3], "{choice:?}");
        let served: Vec<_> = choice.chosen[0].serves.iter().map(|it| it.query.0).collect();
        assert_eq!(served, [0, 1]);
        assert!(choice.chosen[0].serves.iter().all(|it| it.after.unwrap() < it.before / 5.0));
        let (before, after) = choice.chosen[1].check.unwrap();
        assert!(after < before / 5.0);
        let why = |at: usize| &choice.refused.iter().find(|it| it.candidate == at).unwrap().reason;
        assert!(matches!(why(0), Refusal::NoGain | Refusal::Unused), "{choice:?}");
        assert!(matches!(why(5), Refusal::Impossible(error) if error.sqlstate == "42703"));

        let existing = |name: &str, columns: &[&str]| IndexDefinition {
            name: name.to_owned(),
            ..IndexDefinition::btree("public", "album", columns)
        };
        let mut drop = |name| trial.drop_existing(&existing(name, &["released"])).unwrap();
        assert!(matches!(drop("album_released"), DropVerdict::Dropped));
        assert!(matches!(drop("album_released_format"), DropVerdict::Missed { query: Some(QueryId(2)), .. }));
        assert!(matches!(drop("album_pkey"), DropVerdict::Refused(error) if error.sqlstate == "2BP01"));
    }

    fn row_security_is_part_of_a_plan(major: u16) {
        let ground = Ground::of(
            major,
            "create table document (id int8 primary key, tenant uuid not null, title text not null);
             alter table document enable row level security;
             create policy own on document using (tenant = current_setting('app.tenant')::uuid);",
        );
        let workload = ground.workload(&[("select id, title from document", &[])]);
        ground.fill(&workload, &Rows::default());
        let catalog = ground.catalog();
        let request = TrialRequest { catalog: &catalog, workload: &workload };
        let mut trial = Trial::begin(&ground.shadow, &request).unwrap();
        let candidate = Candidate {
            index: IndexDefinition::btree("public", "document", &["tenant"]),
            ..candidate(&[], &[0])
        };
        let choice = trial.choose(&[candidate]).unwrap();
        assert_eq!(choice.chosen.len(), 1, "{choice:?}");
    }
}
