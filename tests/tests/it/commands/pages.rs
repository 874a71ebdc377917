//! The pages of `docs/`: what they tell people to write and to type is true.

use std::fs;
use std::path::Path;

use pgmi_tests::{Command, Database, Project, cluster, on_every_major, pgmi};

fn page(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs").join(name);
    fs::read_to_string(path).unwrap()
}

/// The blocks of a page that are in this language.
fn blocks(name: &str, language: &str) -> Vec<String> {
    let text = page(name);
    let fence = format!("\n```{language}\n");
    let parts = text.split(&fence).skip(1);
    parts.map(|part| part.split("\n```").next().unwrap().to_owned() + "\n").collect()
}

/// The template, with somebody else's migrations, and with what a page says about `deploy.sql`.
fn taken_over(migrations: &[(&str, &str)], adopt: &str, order: Option<&str>) -> Project {
    let project = Project::empty();
    pgmi(&["init", project.arg(), "--template", "basic"]).expect(0);
    for folder in ["migrations", "functions", "__test__", "queries"] {
        fs::remove_dir_all(project.join(folder)).unwrap();
    }
    project.write("__test__/test_nothing.sql", "select 1;");
    for (name, text) in migrations {
        project.write(format!("migrations/{name}"), text);
    }
    let deploy = project.read("deploy.sql");
    let step = "-- 2. ";
    assert_eq!(deploy.matches(step).count(), 1);
    let deploy = deploy.replace(step, &format!("{adopt}\n{step}"));
    let deploy = match order {
        None => deploy,
        Some(order) => {
            let (before, after) = deploy.split_once("-- 3. ").unwrap();
            let written = "         order by s.path collate \"C\"\n";
            format!("{before}-- 3. {}", after.replacen(written, order, 1))
        }
    };
    project.write("deploy.sql", deploy);
    project
}

/// Deploys what was taken over: nothing runs again, what is new does; then from nothing, in the right order.
fn check(db: &Database, project: &Project, old: &[&str], new: (&str, &str)) {
    let applied =
        "select string_agg(path, ' ' order by path collate \"C\") from deployment.migrations";
    let done = db.deploy(project, &[]).expect(0);
    assert!(!done.stderr.contains("applied ./"), "{}", done.stderr);
    let paths: Vec<_> = old.iter().map(|name| format!("./migrations/{name}")).collect();
    assert_eq!(db.value(applied), paths.join(" "));
    project.write(format!("migrations/{}", new.0), new.1);
    db.deploy(project, &[]).expect(0).says(&[&format!("applied ./migrations/{}", new.0)]);
    db.deploy(project, &[]).expect(0);

    let nothing = Database::create(db.major());
    nothing.deploy(project, &[]).expect(0);
    assert_eq!(nothing.value(applied), db.value(applied));
}

on_every_major! {
    fn flyways_history_is_taken_over(db: &Database) {
        let sql = blocks("from-flyway.md", "sql");
        let files = [("V1__init.sql", "create table t (a int);"), ("V2.1__b.sql", "alter table t add b int;"),
            ("V10__c.sql", "alter table t add c int; create index on t (b);")];
        let project = taken_over(&files, &sql[0], Some(&sql[1]));
        db.run("create table flyway_schema_history (installed_rank int primary key, version varchar(50),
            description varchar(200) not null, type varchar(20) not null, script varchar(1000) not null, checksum int,
            installed_by varchar(100) not null, installed_on timestamp not null default now(), execution_time int not null,
            success boolean not null)");
        for (rank, (name, text)) in files.iter().enumerate() {
            db.run(text);
            db.run(&format!("insert into flyway_schema_history values ({rank}, '{rank}', 'd', 'SQL', '{name}', 7, 'me', now(), 12, true)"));
        }
        check(db, &project, &["V10__c.sql", "V1__init.sql", "V2.1__b.sql"], ("V11__d.sql", "create index on t (c);"));
        assert_eq!(db.value("select duration from deployment.migrations where path ~ 'V10'"), "00:00:00.012");
    }

    fn sqlxs_history_is_taken_over(db: &Database) {
        let sql = blocks("from-sqlx.md", "sql");
        let files = [("1_init.sql", "create table t (a int);"), ("2_b.up.sql", "alter table t add b int;"),
            ("10_c.sql", "create index on t (b);")];
        let project = taken_over(&files, &sql[0], Some(&sql[1]));
        project.write("migrations/2_b.down.sql", "alter table t drop b;").write(".pgmiignore", "*.down.sql\n");
        db.run("create table _sqlx_migrations (version bigint primary key, description text not null,
            installed_on timestamptz not null default now(), success boolean not null, checksum bytea not null,
            execution_time bigint not null)");
        for (version, (_, text)) in [1, 2, 10].iter().zip(&files) {
            db.run(text);
            db.run(&format!("insert into _sqlx_migrations values ({version}, 'd', now(), true, sha384('{text}'), 5000000)"));
        }
        let changed = taken_over(&[("1_init.sql", "create table other ();")], &sql[0], None);
        db.deploy(&changed, &[]).expect(13).says(&["changed since sqlx applied them: ./migrations/1_init.sql"]);
        check(db, &project, &["10_c.sql", "1_init.sql", "2_b.up.sql"], ("11_d.sql", "create index on t (a);"));
    }

    fn refinerys_history_is_taken_over(db: &Database) {
        let sql = blocks("from-refinery.md", "sql");
        let files = [("V1__init.sql", "create table t (a int);"), ("V2__b_b.sql", "alter table t add b int;"),
            ("U10__c.sql", "create index on t (b);")];
        let project = taken_over(&files, &sql[0], Some(&sql[1]));
        db.run("create table refinery_schema_history (version int4 primary key, name varchar(255),
            applied_on varchar(255), checksum varchar(255))");
        for ((version, name), (_, text)) in [(1, "init"), (2, "b_b"), (10, "c")].iter().zip(&files) {
            db.run(text);
            db.run(&format!("insert into refinery_schema_history values ({version}, '{name}', '2026-01-31T12:00:00.123456789Z', '1')"));
        }
        check(db, &project, &["U10__c.sql", "V1__init.sql", "V2__b_b.sql"], ("V11__d.sql", "create index on t (a);"));
    }

    fn liquibases_history_is_taken_over(db: &Database) {
        let sql = blocks("from-liquibase.md", "sql");
        let two = "--liquibase formatted sql\n--changeset ada:1\ncreate table t (a int);\n--changeset ada:2 runInTransaction:true\nalter table t add b int;\n";
        let files = [("001.sql", two), ("002.sql", "--liquibase formatted sql\n\n-- changeset eve:x\ncreate index on t (b);\n")];
        let project = taken_over(&files, &sql[0], None);
        db.run("create table databasechangelog (id varchar(255) not null, author varchar(255) not null, filename varchar(255) not null,
            dateexecuted timestamp not null, orderexecuted int not null, exectype varchar(10) not null, md5sum varchar(35))");
        let executed = |id: &str, file: &str| {
            db.run(&format!("insert into databasechangelog values ('{id}', 'ada', 'db/changelog/{file}', now(), 1, 'EXECUTED', 'x')"));
        };
        db.run("create table t (a int)");
        executed("1", "001.sql");
        db.deploy(&project, &[]).expect(13).says(&["not all changesets were executed: ./migrations/001.sql"]);
        db.run("alter table t add b int; create index on t (b)");
        executed("2", "001.sql");
        executed("x", "002.sql");
        check(db, &project, &["001.sql", "002.sql"], ("003.sql", "create index on t (a);"));

        let baseline = taken_over(&[("000_baseline.sql", "create table t (a int, b int);")], &sql[1], None);
        let other = Database::create(db.major());
        other.run("create table t (a int, b int); create table databasechangelog ()");
        check(&other, &baseline, &["000_baseline.sql"], ("001.sql", "create index on t (a);"));
    }
}

#[test]
fn roles_are_arranged_as_the_page_on_production_says() {
    let sql = blocks("production.md", "sql");
    let db = Database::missing(18);
    let named = |text: &str| {
        text.replace("shop_owner", &format!("\"{}_o\"", db.name()))
            .replace("shop_deploy", &format!("\"{}_d\"", db.name()))
            .replace("database shop ", &format!("database \"{}\" ", db.name()))
    };
    let admin = Database::create(18);
    for statement in named(&sql[0]).split(';').filter(|it| !it.trim().is_empty()) {
        admin.run(statement);
    }
    let project = Project::empty();
    pgmi(&["init", project.arg(), "--template", "basic"]).expect(0);
    let deploy = project.read("deploy.sql");
    assert!(deploy.contains("\nbegin;\n"));
    project.write("deploy.sql", deploy.replacen("begin;\n", &named(&sql[1]), 1));
    let connection =
        db.connection_string().replace("user=postgres", &format!("user={}_d", db.name()));
    let done = pgmi(&["deploy", project.arg(), "--connection", &connection]).expect(0);
    drop(done);
    assert_eq!(
        db.value("select tableowner from pg_tables where tablename = 'note'"),
        format!("{}_o", db.name())
    );
    // What an interrupted index leaves behind, of which there is none.
    assert!(db.rows(&sql[2]).is_empty());
    admin.run(&format!("drop database \"{}\"", db.name()));
    admin.run(&format!("drop role \"{0}_d\"; drop role \"{0}_o\"", db.name()));
}

/// The scripts of the page on CI, on a project as `init` begins it.
#[test]
fn the_scripts_for_ci_run() {
    let project = Project::empty();
    pgmi(&["init", project.join("db").to_str().unwrap(), "--template", "basic"]).expect(0);
    let server = cluster(18).connection_string("postgres");
    let run = |line: &str| {
        let words: Vec<_> = line.split_whitespace().map(|word| word.trim_matches('"')).collect();
        let command = Command::new(&words).current_dir(project.path());
        command.env("PGMI_SERVER", &server).run().expect(0)
    };
    run("generate");
    let db = Database::missing(18);
    let scripts = blocks("ci.md", "sh").concat().replace("$DATABASE_URL", "{database}");
    let lines = scripts.lines().filter_map(|line| line.strip_prefix("cargo pgmi "));
    // Fetching PostgreSQL has tests of its own.
    let lines: Vec<_> = lines.filter(|line| !line.starts_with("server install")).collect();
    assert_eq!(lines.len(), 4, "{scripts}");
    for line in &lines[..3] {
        run(line);
    }
    assert!(
        project.read("junit.xml").contains("test_add_note") && project.join("tests.tap").exists()
    );
    let (line, file) = lines[3].split_once(" > ").unwrap();
    assert_eq!(file, "deployed.json");
    let words = line.split_whitespace().map(|word| word.trim_matches('"'));
    let words = words.map(|word| word.replace("{database}", &db.connection_string()));
    let done = Command::new(&words.collect::<Vec<_>>()).current_dir(project.path()).run().expect(0);
    assert_eq!(done.json()["exitCode"], 0);
}

/// Command lines that a page shows, in blocks and in sentences; not those with something left out.
fn command_lines(page: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (number, part) in page.split("```").enumerate() {
        if number % 2 == 1 {
            let lines = part.lines().map(|line| line.trim().trim_start_matches("- run: "));
            found.extend(lines.map(|line| line.trim_start_matches("$ ").to_owned()));
        } else {
            found.extend(part.split('`').skip(1).step_by(2).map(|it| it.replace('\n', " ")));
        }
    }
    let line = |text: &String| {
        let line = text.strip_prefix("cargo pgmi ")?;
        let line = line.split(" #").next()?.split(" > ").next()?.trim().to_owned();
        (!line.contains(['…', '<']) && !line.contains(" / ")).then_some(line)
    };
    found.iter().filter_map(line).collect()
}

#[test]
fn every_command_of_the_pages_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let docs = fs::read_dir(root.join("docs")).unwrap().map(|entry| entry.unwrap().path());
    let mut pages: Vec<_> = docs.collect();
    pages.push(root.join("README.md"));
    pages.push(root.join("pgmi-engine/templates/basic/README.md"));
    let texts = pages.iter().map(|path| fs::read_to_string(path).unwrap());
    let lines: std::collections::BTreeSet<_> = texts.flat_map(|it| command_lines(&it)).collect();
    assert!(lines.len() > 20, "{lines:?}");
    for line in lines {
        let words = line.split_whitespace().map(|word| word.trim_matches(['"', '\'']));
        // With `--help` at its end a command line is read, and not run.
        let words: Vec<_> = words.chain(["--help"]).collect();
        let done = pgmi(&words);
        assert_eq!(done.code, Some(0), "{line}\n{}", done.stderr);
    }
}
