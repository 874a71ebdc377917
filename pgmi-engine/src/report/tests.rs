use std::time::{Duration, SystemTime};

use super::*;
use crate::diagnostic::{Code, ServerError, SourceText};

fn result(kind: Kind, path: &str, verdict: Verdict) -> TestResult {
    let directory = path[..=path.rfind('/').unwrap()].to_owned();
    let (path, duration) = (path.to_owned(), Duration::from_millis(12));
    TestResult { kind, path, directory, verdict, duration, notices: vec!["<b> & \u{1}".into()] }
}

fn failure() -> Error {
    let source = SourceText::new("./__test__/b.sql", "select 1;\nselect nme;");
    Diagnostic::error(Code::TestFailed, "column \"nme\" does not exist")
        .at(&source, 17..20, "")
        .server(ServerError { sqlstate: "42703".into(), ..ServerError::default() })
        .into()
}

fn report() -> TestReport {
    TestReport {
        name: "shop".into(),
        begun: SystemTime::UNIX_EPOCH,
        duration: Duration::from_millis(1500),
        notes: Vec::new(),
        stopped: None,
        results: vec![
            result(Kind::Fixture, "./__test__/_setup.sql", Verdict::Passed),
            result(Kind::Test, "./__test__/a #1.sql", Verdict::Passed),
            result(Kind::Test, "./__test__/b.sql", Verdict::Failed(failure())),
            result(
                Kind::Test,
                "./__test__/c/d.sql",
                Verdict::NotRun("an earlier one failed".into()),
            ),
        ],
    }
}

#[test]
fn fixtures_count_only_when_they_fail() {
    assert_eq!(report().counts(), Counts { passed: 1, failed: 1, not_run: 1 });
    assert!(!report().is_good());
}

#[test]
fn tap_names_every_test_and_explains_what_failed() {
    let tap = Format::Tap.write(&report());
    let lines: Vec<&str> = tap.lines().collect();
    assert_eq!(lines[..3], ["TAP version 14", "1..3", "ok 1 - ./__test__/a \\#1.sql"]);
    assert!(lines.contains(&"not ok 2 - ./__test__/b.sql"), "{tap}");
    assert!(lines.contains(&"  message: \"column \\\"nme\\\" does not exist\""), "{tap}");
    assert!(lines.contains(&"  at: \"./__test__/b.sql:2:8\""), "{tap}");
    assert_eq!(lines[lines.len() - 1], "ok 3 - ./__test__/c/d.sql # SKIP an earlier one failed");
}

#[test]
fn junit_holds_what_xml_can_hold() {
    let xml = Format::Junit.write(&report());
    assert!(xml.contains("tests=\"2\" failures=\"1\" errors=\"0\" time="), "{xml}");
    assert!(xml.contains("tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"1\" time="), "{xml}");
    assert!(xml.contains("&lt;b&gt; &amp; \u{fffd}"), "{xml}");
    assert!(xml.contains("message=\"./__test__/b.sql:2:8: column &quot;nme&quot;"), "{xml}");
}

#[test]
fn json_has_the_place_and_the_diagnostics() {
    let object: serde_json::Value = serde_json::from_str(&Format::Json.write(&report())).unwrap();
    assert_eq!(object["notRun"], 1);
    assert_eq!(object["durationMs"], 1500.0);
    assert_eq!(object["tests"][2]["place"], "./__test__/b.sql:2:8");
    assert_eq!(object["tests"][2]["diagnostics"][0]["code"], "test-failed");
}
