//! The order of `pgmi_plan_view` is that of bytes, on every database the same.

use pgmi_tests::{Database, Project, on_every_major};

fn keyed(id: u32, keys: &[&str]) -> String {
    let keys: String = keys.iter().map(|key| format!("<key>{key}</key>")).collect();
    format!(
        "/* <pgmi-meta id=\"00000000-0000-4000-8000-{id:012}\" idempotent=\"true\"><sortKeys>{keys}</sortKeys></pgmi-meta> */"
    )
}

fn plan(db: &Database, files: &[(&str, String)]) -> Vec<String> {
    let deploy = "begin; create table plan as table pg_temp.pgmi_plan_view;
        create table columns as select 1 as one where exists (
            select from pg_temp.pgmi_plan_view p join pg_temp.pgmi_source_view s using (path) where not s.is_sql_file);
        commit;";
    let project = Project::new(files.iter().map(|(path, content)| (*path, content.as_str())));
    project.write("deploy.sql", deploy);
    db.deploy(&project, &[]).expect(0);
    db.rows("select path from plan order by execution_order")
}

/// A database whose collation orders as a dictionary does: `-` and `_` do not count, cases mix.
///
/// PostgreSQL 14 has no ICU databases, and few machines have libc locales beside C: there the columns of
/// the session get the collation through the operating system's locale when there is one.
fn linguistic(major: u16) -> Option<Database> {
    let options: &[&str] = match major {
        14 => &[
            "lc_collate 'en_US.utf8' lc_ctype 'en_US.utf8'",
            "lc_collate 'en_US.UTF-8' lc_ctype 'en_US.UTF-8'",
        ],
        15.. => &["locale_provider icu icu_locale 'en-US'"],
        _ => &[],
    };
    options
        .iter()
        .find_map(|options| Database::try_create_with(major, &format!("encoding 'UTF8' {options}")))
}

on_every_major! {
    fn files_without_keys_come_first_in_byte_order(major: u16) {
        let linguistic = linguistic(major);
        assert!(linguistic.is_some() || major == 14, "ICU is part of every server from 15 on");
        for db in linguistic.into_iter().chain([Database::create(major)]) {
            let order = plan(&db, &[
                ("fallback_a.sql", String::new()),
                ("fallback-b.sql", String::new()),
                ("migrations/002_data.sql", String::new()),
                ("setup/functions.sql", String::new()),
                ("Zebra.sql", String::new()),
                ("last.sql", keyed(1, &["999/999"])),
                ("first.sql", keyed(2, &["001/000"])),
            ]);
            assert_eq!(order, [
                "./Zebra.sql",
                "./fallback-b.sql",
                "./fallback_a.sql",
                "./migrations/002_data.sql",
                "./setup/functions.sql",
                "./first.sql",
                "./last.sql",
            ]);
        }
    }

    fn a_file_comes_once_for_each_key(db: &Database) {
        let order = plan(db, &[
            ("b.sql", keyed(1, &["150/000", "400/000"])),
            ("a_.sql", keyed(2, &["200/000"])),
            ("a-.sql", keyed(3, &["200/000"])),
            ("twice.sql", keyed(4, &["300/000", "300/000"])),
            ("migrations/001.sql.bak", String::new()),
        ]);
        assert_eq!(order, [
            "./migrations/001.sql.bak",
            "./b.sql",
            "./a-.sql",
            "./a_.sql",
            "./twice.sql",
            "./twice.sql",
            "./b.sql",
        ]);
        let hidden = "select count(*) from columns";
        assert_eq!(db.value(hidden), "1", "a join on is_sql_file tells the .bak apart");
    }

    fn paths_without_keys_count_folder_before_name(db: &Database) {
        let order = plan(db, &[("b/001.sql", String::new()), ("a/002.sql", String::new())]);
        assert_eq!(order, ["./a/002.sql", "./b/001.sql"]);
    }
}
