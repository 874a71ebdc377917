//! What the three checksum columns hold; how they are made is tested in the engine.

use pgmi_tests::{Project, on_every_major};

on_every_major! {
    fn each_column_forgives_less_than_the_one_before(db: &Database) {
        let project = Project::new([
            ("plain.sql", "SELECT * FROM users;"),
            ("spaced.sql", "\tselect  *\r\n from USERS ; -- c\n".replace(" ;", ";").as_str()),
            ("two.sql", "select 'A  B'"),
            ("one.sql", "select 'A B'"),
            ("body_line.sql", "do $$ -- c\n null $$"),
            ("body_space.sql", "do $$ -- c null $$"),
            ("meta_a.sql", "/* <pgmi-meta id=\"11111111-1111-4111-8111-111111111111\" idempotent=\"true\"/> */ select 1"),
            ("meta_b.sql", "/* <pgmi-meta id=\"22222222-2222-4222-8222-222222222222\" idempotent=\"false\"/> */ select 1"),
            ("data.csv", "a,  b"),
            ("deploy.sql", "begin; create table s as table pg_temp.pgmi_source_view;
                            create table p as table pg_temp.pgmi_plan_view; commit;"),
        ]);
        db.deploy(&project, &[]).expect(0);
        let same = |column: &str, a: &str, b: &str| {
            db.value(&format!("select count(distinct {column}) from s where name in ('{a}', '{b}')")) == "1"
        };
        for (a, b, raw, normalised, strict) in [
            ("plain.sql", "spaced.sql", false, true, true),
            ("two.sql", "one.sql", false, true, false),
            ("body_line.sql", "body_space.sql", false, true, false),
            ("meta_a.sql", "meta_b.sql", false, true, true),
        ] {
            assert_eq!(same("checksum", a, b), raw, "{a} {b}");
            assert_eq!(same("pgmi_checksum", a, b), normalised, "{a} {b}");
            assert_eq!(same("strict_checksum", a, b), strict, "{a} {b}");
        }
        assert_eq!(
            db.value("select pgmi_checksum from s where name = 'plain.sql'"),
            "770ec17e2277e313a56c78ecab71d0ee460922cac72efddf9869ca4194276572"
        );
        let differ = "select count(*) from p join s using (path)
                       where p.checksum <> s.pgmi_checksum or p.strict_checksum <> s.strict_checksum";
        assert_eq!(db.value(differ), "0");
        assert_eq!(db.value("select count(*) from p"), "9");
    }
}
