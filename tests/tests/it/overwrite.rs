//! Creating and recreating databases.

use pgmi_tests::{Command, Database, Finished, Project, cluster, isolated, on_every_major, pgmi};

fn project() -> Project {
    Project::new([("deploy.sql", "create table deployed ()")])
}

/// Deploys with a connection string that names the maintenance database, and `-d`.
fn deploy(db: &Database, maintenance: &str, arguments: &[&str]) -> Finished {
    let project = project();
    let connection = db.connection_string().replace(db.name(), maintenance);
    let common = ["deploy", project.arg(), "--connection", &connection, "-d", db.name()];
    Command::new(&[&common, arguments].concat()).run()
}

on_every_major! {
    fn a_missing_database_is_created(major: u16) {
        let db = Database::missing(major);
        let line = format!("Database \"{}\" does not exist; creating", db.name());
        deploy(&db, "postgres", &[]).expect(0).says(&[&line]);
        assert!(db.has("deployed"));
    }

    fn an_existing_database_needs_no_other(db: &Database) {
        deploy(db, "no_such_maintenance_database", &[]).expect(0);
        assert!(db.has("deployed"));
    }

    fn a_role_that_may_not_create_databases_is_told(major: u16) {
        let db = Database::missing(major);
        let role = format!("{}_r", db.name());
        let admin = Database::create(major);
        admin.run(&format!("create role \"{role}\" login"));
        let connection = db.connection_string().replace("user=postgres", &format!("user={role}"));
        let project = project();
        let done = Command::new(&["deploy", project.arg(), "--connection", &connection]).run();
        admin.run(&format!("drop role \"{role}\""));
        done.expect(11).says(&["permission denied to create database", "a role that may create databases"]);
        assert!(!db.exists());
    }

    fn without_a_database_named_postgres_it_is_template1(major: u16) {
        let cluster = isolated(major);
        let string = |name: &str| cluster.connection_string(name);
        let template = || postgres::Client::connect(&string("template1"), postgres::NoTls).unwrap();
        template().batch_execute("drop database postgres").unwrap();
        let project = project();
        let run = |arguments: &[&str]| pgmi(&[arguments, &["--connection", &string("shop")]].concat());
        // Only where nobody names one.
        run(&["deploy", project.arg(), "--maintenance-db", "postgres"]).expect(11).says(&["\"postgres\""]);
        run(&["deploy", project.arg()]).expect(0).says(&["does not exist; creating"]);
        run(&["deploy", project.arg(), "--overwrite", "--force"]).expect(0).says(&["Recreated database"]);
        run(&["db", "drop", "--yes"]).expect(0);
        let left = template().query("select datname from pg_database where datname = 'shop'", &[]).unwrap();
        assert!(left.is_empty());
    }

    fn overwriting_without_anybody_to_ask_is_denied(db: &Database) {
        db.run("create table kept ()");
        deploy(db, "postgres", &["--overwrite"]).expect(12).says(&["--force", "nothing was changed"]);
        assert!(db.has("kept") && !db.has("deployed"));
    }

    fn force_recreates_the_database_also_while_others_use_it(db: &Database) {
        db.run("create table gone ()");
        let _other = db.client();
        let line = format!("Recreated database \"{}\"", db.name());
        deploy(db, "postgres", &["--overwrite", "--force"]).expect(0).says(&[&line]);
        assert!(db.has("deployed") && !db.has("gone"));
        // A second time: what was deployed is gone first.
        deploy(db, "postgres", &["--overwrite", "--force"]).expect(0);
    }

    fn a_missing_database_needs_no_approval(major: u16) {
        let db = Database::missing(major);
        deploy(&db, "postgres", &["--overwrite"]).expect(0).says(&["does not exist; creating"]);
        assert!(db.has("deployed"));
    }

    fn some_databases_are_never_overwritten(db: &Database) {
        let project = project();
        for (maintenance, target) in [("postgres", "postgres"), ("postgres", "POSTGRES"), ("postgres", "template1"),
            ("postgres", "template0"), (db.name(), &db.name().to_uppercase())] {
            let connection = db.connection_string().replace(db.name(), maintenance);
            let arguments = ["deploy", project.arg(), "--connection", &connection, "-d", target, "--overwrite", "--force"];
            Command::new(&arguments).run().expect(10).says(&["refusing to overwrite database"]);
        }
    }

    fn a_project_that_is_wrong_overwrites_nothing(db: &Database) {
        db.run("create table kept ()");
        let project = Project::new([("deploy.sql", "select 1"), ("a.bin", "\0")]);
        for more in [&["--param", "bad-key=1"][..], &["--compat", "7"], &[]] {
            db.deploy(&project, &[&["--overwrite", "--force"], more].concat()).expect(10);
        }
        assert!(db.has("kept"));
    }

    fn what_the_database_was_like_is_kept(major: u16) {
        let options = "encoding 'LATIN1' lc_collate 'C' lc_ctype 'C' connection limit 7";
        let db = Database::try_create_with(major, options).unwrap();
        let (name, owner) = (db.name(), format!("{}_o", db.name()));
        let locale = if major >= 15 { "locale_provider icu icu_locale 'en-US'" } else { "" };
        let icu = Database::try_create_with(major, &format!("encoding 'UTF8' {locale}")).unwrap();
        db.run(&format!(
            "create role \"{owner}\";
             alter database \"{name}\" owner to \"{owner}\";
             alter database \"{name}\" set statement_timeout = '5s';
             alter database \"{name}\" set search_path = 'a', \"B c\", public;
             alter database \"{name}\" set \"app.setting\" = 'it''s';
             alter role \"{owner}\" in database \"{name}\" set work_mem = '9MB';
             comment on database \"{name}\" is 'the comment, it''s kept';"
        ));
        let facts = |db: &Database| {
            let provider = if major >= 15 { "datlocprovider" } else { "null" };
            let mut facts = db.rows(&format!(
                "select pg_encoding_to_char(encoding), datcollate, datctype, datconnlimit, pg_get_userbyid(datdba), {provider},
                        shobj_description(oid, 'pg_database')
                   from pg_database where datname = current_database()"));
            facts.extend(db.rows(
                "select setrole::regrole, unnest(setconfig) from pg_db_role_setting
                  where setdatabase = (select oid from pg_database where datname = current_database()) order by 1, 2"));
            facts
        };
        let (before, icu_before) = (facts(&db), facts(&icu));
        assert_eq!(before.len(), 5);
        deploy(&db, "postgres", &["--overwrite", "--force"]).expect(0);
        deploy(&icu, "postgres", &["--overwrite", "--force"]).expect(0);
        let (after, icu_after) = (facts(&db), facts(&icu));
        db.run(&format!("alter database \"{name}\" owner to postgres; drop owned by \"{owner}\"; \
                         alter role \"{owner}\" in database \"{name}\" reset all; drop role \"{owner}\""));
        assert_eq!(before, after);
        assert_eq!(icu_before, icu_after);
    }

    fn names_that_postgresql_would_cut_off_are_refused(major: u16) {
        let db = Database::missing(major);
        let project = Project::new([("deploy.sql", "create table deployed ()")]);
        let connection = cluster(major).connection_string("postgres");
        let long = format!("{}é{}", db.name(), "x".repeat(63 - db.name().len()));
        for more in [&[][..], &["--overwrite", "--force"]] {
            let common = ["deploy", project.arg(), "--connection", &connection, "-d", &long];
            Command::new(&[&common, more].concat()).run().expect(10).says(&["has 65 bytes; the limit is 63"]);
        }
    }

    fn names_with_quotes_are_names(major: u16) {
        let quoted = |text: &str| Database::missing_with(major, text);
        let db = quoted("a \"b\" 'c' \\ é");
        let project = Project::new([("deploy.sql", "create table deployed ()")]);
        let connection = cluster(major).connection_string("postgres");
        for more in [&[][..], &["--overwrite", "--force"]] {
            let common = ["deploy", project.arg(), "--connection", &connection, "-d", db.name()];
            Command::new(&[&common, more].concat()).run().expect(0);
        }
        assert!(db.exists());
    }
}
