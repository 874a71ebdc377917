//! The same reports of the tests that a deployment runs.

use pgmi_tests::{Project, on_every_major};
use serde_json::Value;

use super::{check, project};
use crate::junit;

fn report(project: &Project) -> Value {
    serde_json::from_str(&project.read("report.json")).unwrap()
}

fn statuses(report: &Value) -> Vec<String> {
    let tests = report["tests"].as_array().unwrap();
    tests
        .iter()
        .map(|it| format!("{} {}", it["status"].as_str().unwrap(), it["path"].as_str().unwrap()))
        .collect()
}

on_every_major! {
    fn a_deployment_reports_its_tests(db: &Database) {
        let project = project(&[
            ("_setup.sql", "insert into t values (1);"),
            ("a.sql", "do $$ begin raise warning 'said'; end $$;"),
            ("b/c.sql", &check("select count(*) = 1 from t")),
        ]);
        let (json, junit) = (project.join("report.json"), project.join("junit.xml"));
        let wanted = format!("json={},junit={}", json.display(), junit.display());
        let done = db.deploy(&project, &["--report", &wanted]).expect(0);
        // What the user's callback says is not lost, and the marks are nobody's business.
        let done = done.says(&["[pgmi] Test: ./__test__/a.sql"]).hides("pgmi test").hides("_pgmi_mark");
        assert_eq!(done.json()["testMacros"], 1);
        let shown = report(&project);
        assert_eq!(statuses(&shown), [
            "passed ./__test__/_setup.sql", "passed ./__test__/a.sql", "passed ./__test__/b/c.sql",
        ]);
        assert_eq!(shown["tests"][1]["notices"][0], "WARNING: said");
        assert!(shown["tests"][1]["durationMs"].as_f64().unwrap() > 0.0);
        junit::check(&project.read("junit.xml"));
    }

    fn the_gate_that_closes_reports_why(db: &Database) {
        let project = project(&[
            ("a.sql", "select 1"),
            ("b.sql", "select\n nme"),
            ("c.sql", "select 1"),
        ]);
        project.write("deploy.sql",
            "begin; create table t (n int);
             create function pg_temp.mine(e pg_temp.pgmi_test_event) returns void language plpgsql as $$ begin
                raise notice '> % %', e.event, e.path; end $$;
             call pgmi_test(null, 'pg_temp.mine'); commit;");
        let wanted = format!("json={}", project.join("report.json").display());
        let done = db.deploy(&project, &["--report", &wanted]).expect(13);
        done.says(&["> test_end ./__test__/a.sql", "Failed in ./__test__/b.sql: column \"nme\" does not exist", "--> ./__test__/b.sql:2:2"]);
        let shown = report(&project);
        assert_eq!(statuses(&shown), ["passed ./__test__/a.sql", "failed ./__test__/b.sql", "notRun ./__test__/c.sql"]);
        assert_eq!(shown["tests"][1]["place"], "./__test__/b.sql:2:2");

        // What fails elsewhere is no test's failure.
        project.write("deploy.sql", "begin; create table t (n itn); call pgmi_test(); commit;");
        db.deploy(&project, &["--report", &wanted]).expect(13);
        assert_eq!(report(&project)["status"], "failed");
        assert_eq!(statuses(&report(&project)), ["notRun ./__test__/a.sql", "notRun ./__test__/b.sql", "notRun ./__test__/c.sql"]);
    }
}

/// The disk is full: deployed it is, but whoever waits for the report has to know.
#[cfg(target_os = "linux")]
#[test]
fn a_report_that_is_lost_is_no_success() {
    let db = pgmi_tests::Database::create(18);
    let project = project(&[("a.sql", "select 1")]);
    let folder = Project::empty();
    let wanted = format!("json=/dev/full,tap={}", folder.join("t.tap").display());
    let done = db.deploy(&project, &["--report", &wanted]).expect(1);
    let done = done.says(&["cannot write the report `/dev/full`"]);
    assert_eq!((&done.json()["status"], &done.json()["exitCode"]), (&"failed".into(), &1.into()));
    assert!(db.has("t") && folder.read("t.tap").contains("ok 1"));

    let done = super::test(&project, 18, &["--json", "--report", "tap=/dev/full"]).expect(1);
    assert_eq!(done.json()["status"], "passed");
}
