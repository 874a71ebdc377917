//! Reports, held against what their readers accept.

use pgmi_tests::on_every_major;

use super::{project, test};
use crate::junit;

on_every_major! {
    fn all_three_are_written_and_valid(major: u16) {
        let project = project(&[
            ("a.sql", "do $$ begin raise notice '<&> \u{1} é'; end $$;"),
            ("b <&>.sql", "select nme"),
            ("c/_setup.sql", "select 1 / 0"),
            ("c/d.sql", "select 1"),
        ]);
        let file = |name: &str| project.join(name).to_str().unwrap().to_owned();
        let wanted = format!("junit={},tap={},json={}", file("j.xml"), file("t.tap"), file("r.json"));
        test(&project, major, &["--keep-going", "--report", &wanted]).expect(13);

        junit::check(&project.read("j.xml"));
        let tap = project.read("t.tap");
        check_tap(&tap);
        assert!(tap.contains("not ok 2 - ./__test__/b <&>.sql"), "{tap}");
        assert!(tap.contains("ok 4 - ./__test__/c/d.sql # SKIP its fixture ./__test__/c/_setup.sql failed"), "{tap}");
        let report: serde_json::Value = serde_json::from_str(&project.read("r.json")).unwrap();
        assert_eq!(report["status"], "failed");
        assert_eq!(report["failed"], 2);
    }
}

#[test]
fn on_stderr_there_are_only_objects_for_programs() {
    let project =
        project(&[("a.sql", "do $$ begin raise notice 'n'; end $$;"), ("b.sql", "select nme")]);
    let done = test(&project, 18, &["--keep-going", "--message-format", "json"]).expect(13);
    let lines = done.stderr.lines().map(|line| serde_json::from_str(line).unwrap());
    let lines: Vec<serde_json::Value> = lines.collect();
    let of = |path: &str| {
        lines.iter().find(|line| line["path"] == path).unwrap_or_else(|| panic!("{lines:?}"))
    };
    assert_eq!(
        (&of("./__test__/a.sql")["status"], &of("./__test__/b.sql")["status"]),
        (&"passed".into(), &"failed".into())
    );
    assert!(lines.iter().any(|line| line["code"] == "test-failed"), "{lines:?}");
    assert_eq!(done.stdout, "");
}

/// A test that fails deep inside, with all that PostgreSQL can say.
const ELOQUENT: &[(&str, &str)] = &[
    ("deep.sql", "create function pg_temp.inner_one() returns void language plpgsql as $$
begin
    raise exception 'too little' using detail = 'Only one.', hint = 'Add another.', errcode = 'AB123';
end $$;
select pg_temp.inner_one();"),
    ("typo.sql", "select 1;\nselect 2,\n       nme;"),
];

on_every_major! {
    fn hint_context_and_position_are_in_every_report(major: u16) {
        let project = project(ELOQUENT);
        let file = |name: &str| project.join(name).to_str().unwrap().to_owned();
        let wanted = format!("junit={},tap={},json={}", file("j.xml"), file("t.tap"), file("r.json"));
        test(&project, major, &["--keep-going", "--report", &wanted]).expect(13);
        let plain = |text: String| text.replace("\\n", "\n").replace("\\\"", "\"").replace("&quot;", "\"");
        for report in ["j.xml", "t.tap", "r.json"] {
            let text = plain(project.read(report));
            for words in [
                "too little", "AB123", "Only one.", "Add another.", "inner_one() line 3 at RAISE",
                "./__test__/typo.sql:3:8", "column \"nme\" does not exist", "42703",
            ] {
                assert!(text.contains(words), "{report}: {words}\n{text}");
            }
        }
        // The gate of a deployment stops at the first failure, and says as much of it.
        let db = pgmi_tests::Database::create(major);
        db.deploy(&project, &["--report", &wanted]).expect(13);
        for report in ["j.xml", "t.tap", "r.json"] {
            let text = plain(project.read(report));
            for words in ["too little", "AB123", "Only one.", "Add another.", "inner_one() line 3 at RAISE"] {
                assert!(text.contains(words), "{report}: {words}\n{text}");
            }
        }
    }
}

/// What version 14 asks for: version, plan, test points in order, YAML blocks indented by two.
fn check_tap(tap: &str) {
    let mut lines = tap.lines();
    assert_eq!(lines.next(), Some("TAP version 14"));
    let plan = lines.next().and_then(|line| line.strip_prefix("1..")).expect("a plan");
    let (mut points, mut in_block) = (0, false);
    for line in lines {
        match line {
            "  ---" => in_block = true,
            "  ..." => in_block = false,
            _ if in_block => assert!(line.starts_with("  ") && line.contains(": "), "{line}"),
            _ => {
                points += 1;
                let rest = line.strip_prefix("not ").unwrap_or(line);
                assert!(rest.starts_with(&format!("ok {points} - ")), "{line}");
            }
        }
    }
    assert_eq!(plan.parse(), Ok(points));
    assert!(!in_block);
}
