//! Everything that is known, as one JSON object.

use serde_json::{Map, Value, json};

use super::{Kind, TestReport, TestResult, Verdict, place, time};
use crate::diagnostic::{json::to_json, redact};

/// Indented. Fixtures are in it, too; the counts are those of the summary.
pub(super) fn write(report: &TestReport) -> String {
    let counts = report.counts();
    let object = json!({
        "name": report.name,
        "status": if report.is_good() { "passed" } else { "failed" },
        "begun": format!("{}Z", time::timestamp(report.begun)),
        "durationMs": milliseconds(report.duration),
        "passed": counts.passed,
        "failed": counts.failed,
        "notRun": counts.not_run,
        "notes": report.notes,
        "stopped": report.stopped.as_ref().map(|error| redact(&error.primary().message).into_owned()),
        "tests": report.results.iter().map(as_json).collect::<Vec<_>>(),
    });
    serde_json::to_string_pretty(&object).unwrap_or_default() + "\n"
}

/// One file of the plan, as the report has it.
pub fn as_json(result: &TestResult) -> Value {
    let mut object = Map::new();
    let mut put = |name: &str, value: Value| object.insert(name.to_owned(), value);
    put("path", json!(result.path));
    put(
        "kind",
        json!(match result.kind {
            Kind::Fixture => "fixture",
            Kind::Test => "test",
        }),
    );
    put("durationMs", json!(milliseconds(result.duration)));
    match &result.verdict {
        Verdict::Passed => {
            put("status", json!("passed"));
        }
        Verdict::NotRun(why) => {
            put("status", json!("notRun"));
            put("reason", json!(why));
        }
        Verdict::Failed(error) => {
            put("status", json!("failed"));
            put("error", json!(redact(&error.primary().message)));
            put("place", json!(place(error.primary())));
            put("sqlstate", json!(error.sqlstate()));
            put("diagnostics", error.diagnostics().iter().map(to_json).collect());
        }
    }
    if !result.notices.is_empty() {
        put("notices", result.notices.iter().map(|notice| json!(redact(notice))).collect());
    }
    Value::Object(object)
}

fn milliseconds(duration: std::time::Duration) -> f64 {
    (duration.as_secs_f64() * 1e6).round() / 1e3
}
