//! The Test Anything Protocol, [version 14](https://testanything.org/tap-version-14-specification.html).

use std::fmt::Write;

use super::{TestReport, TestResult, Verdict, explanation, place};
use crate::Error;
use crate::diagnostic::redact;

/// The plan first, then a line for each test, with a block of YAML below what failed.
pub(super) fn write(report: &TestReport) -> String {
    let told: Vec<&TestResult> = report.results.iter().filter(|it| it.is_told()).collect();
    let mut tap = format!("TAP version 14\n1..{}\n", told.len());
    for (index, result) in told.into_iter().enumerate() {
        // Writing into a string cannot fail.
        let _ = point(&mut tap, index + 1, result);
    }
    tap
}

fn point(tap: &mut String, number: usize, result: &TestResult) -> std::fmt::Result {
    let path = escape(&result.path);
    match &result.verdict {
        Verdict::Passed => writeln!(tap, "ok {number} - {path}")?,
        Verdict::Failed(_) => writeln!(tap, "not ok {number} - {path}")?,
        // A test that should have run and did not is no success.
        Verdict::NotRun(why) => {
            return writeln!(tap, "ok {number} - {path} # SKIP {}", escape(why));
        }
    }
    writeln!(tap, "  ---\n  duration_ms: {:.3}", result.duration.as_secs_f64() * 1000.0)?;
    if let Verdict::Failed(error) = &result.verdict {
        tap.push_str(&failure(error));
    }
    writeln!(tap, "  ...")
}

/// Scalars in double quotes, which are JSON's and so YAML's.
fn failure(error: &Error) -> String {
    let finding = error.primary();
    let mut fields = vec![("message", redact(&finding.message).into_owned())];
    fields.push(("severity", "fail".into()));
    fields.push(("code", error.code().name().into()));
    fields.extend(error.sqlstate().map(|state| ("sqlstate", state.to_owned())));
    fields.extend(place(finding).map(|place| ("at", place)));
    fields.push(("explanation", explanation(error)));
    fields
        .into_iter()
        .map(|(name, value)| format!("  {name}: {}\n", serde_json::Value::String(value)))
        .collect()
}

/// `#` begins a directive, `\` escapes it; a line break would end the test point.
fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('#', "\\#").replace(['\n', '\r'], " ")
}
