//! Databases that are not UTF8: what fits is deployed, what does not fit is shown in its file.

use pgmi_tests::{Database, Project, on_every_major};

fn latin1(major: u16) -> Database {
    let options = "encoding 'LATIN1' lc_collate 'C' lc_ctype 'C'";
    Database::try_create_with(major, options).expect("every server has LATIN1")
}

on_every_major! {
    fn what_fits_is_the_same_in_every_encoding(major: u16) {
        let ascii = Database::try_create_with(major, "encoding 'SQL_ASCII' lc_collate 'C' lc_ctype 'C'");
        for db in [Database::create(major), latin1(major), ascii.expect("every server has SQL_ASCII")] {
            let project = Project::new([
                ("naïve.sql", "select 'é'"),
                ("deploy.sql", "begin; create table seen as
                    select p.generic_id, s.name = 'naïve.sql' as named, s.content = 'select ''é''' as kept, s.checksum
                      from pg_temp.pgmi_plan_view p join pg_temp.pgmi_source_view s using (path);
                  create table parameter as select current_setting('pgmi.p') = 'é' as kept; commit;"),
            ]);
            db.deploy(&project, &["--param", "p=é"]).expect(0);
            assert_eq!(
                db.value("select generic_id, named, kept from seen"),
                format!("{GENERIC_ID}|t|t")
            );
            assert_eq!(db.value("select kept from parameter"), "t");
        }
    }

    fn what_does_not_fit_is_shown_in_its_file(major: u16) {
        let db = latin1(major);
        for (path, content, at) in [
            ("m/dash.sql", "select 1;\n-- é — dash", "./m/dash.sql:2:6"),
            ("__test__/t.sql", "select '漢'", "./__test__/t.sql:1:9"),
            ("deploy.sql", "select 'é';\nselect '—';", "deploy.sql:2:9"),
            ("deploy.sql", "begin; commit;\nselect 'é';\nselect '—';", "deploy.sql:3:9"),
        ] {
            let project = Project::new([("a.sql", "select 'é'"), ("deploy.sql", "select 1")]);
            project.write(path, content);
            let done = db.deploy(&project, &[]).expect(10).says(&["error[database-encoding]", at, "LATIN1"]);
            assert_eq!(done.json()["sqlstate"], "22P05");
        }
        let project = Project::new([("deploy.sql", "select 1")]);
        let done = db.deploy(&project, &["--param", "p=SENTINEL—"]).expect(10);
        done.says(&["error[database-encoding]"]).hides("SENTINEL");
        db.deploy(&project, &[]).expect(0);
    }

    fn places_count_characters_there_too(major: u16) {
        let json = latin1(major).deploy(Project::new([
            ("a.sql", "select 1;\nselect 'éà', nme;"),
            ("deploy.sql", "do $$ begin execute (select content from pg_temp.pgmi_source_view); end $$"),
        ]), &[]).expect(13).json();
        assert_eq!((&json["script"], &json["line"], &json["column"]), (&"./a.sql".into(), &2.into(), &14.into()));
    }
}

/// The MD5 of `./naïve.sql` in UTF-8.
const GENERIC_ID: &str = "17f3893e-079e-7f89-37c3-6d649638c2a9";
