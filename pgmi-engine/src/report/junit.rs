//! JUnit's XML. There is no one schema; what is written here is valid under both in common use, that of
//! Ant ([JUnit.xsd](https://github.com/windyroad/JUnit-Schema)) and that of Jenkins (junit-10.xsd of its
//! xunit plugin). That is why a test has neither `file` nor output of its own: places are in the failure's
//! text, output is the folder's.

use std::fmt::{self, Write};
use std::time::Duration;

use super::{Counts, TestReport, TestResult, Verdict, explanation, time};
use crate::Error;
use crate::diagnostic::redact;

/// Ant's schema wants the element, and that of Jenkins something in it.
const GENERATOR: &str =
    "<properties>\n      <property name=\"generator\" value=\"pgmi\"/>\n    </properties>";

/// One suite for each folder, one case for each test.
pub(super) fn write(report: &TestReport) -> String {
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
    for (id, (directory, results)) in report.by_directory().into_iter().enumerate() {
        // Writing into a string cannot fail.
        let _ = suite(&mut xml, report, id, directory, &results);
    }
    xml.push_str("</testsuites>\n");
    xml
}

fn suite(
    xml: &mut String,
    report: &TestReport,
    id: usize,
    directory: &str,
    results: &[&TestResult],
) -> fmt::Result {
    let counts = Counts::of(results.iter().copied());
    let took: Duration = results.iter().map(|result| result.duration).sum();
    writeln!(
        xml,
        "  <testsuite id=\"{id}\" package=\"{}\" name=\"{}\" timestamp=\"{}\" hostname=\"localhost\" \
         tests=\"{}\" failures=\"{}\" errors=\"0\"{} time=\"{}\">\n    {GENERATOR}",
        escape(&report.name),
        escape(directory),
        time::timestamp(report.begun),
        counts.total(),
        counts.failed,
        skipped(counts.not_run),
        time::seconds(took),
    )?;
    for result in results {
        case(xml, result)?;
    }
    writeln!(xml, "    <system-out>{}</system-out>", escape(&output(results)))?;
    xml.push_str("    <system-err></system-err>\n  </testsuite>\n");
    Ok(())
}

/// The attribute where there is something to say: older versions of Ant's schema do not know it.
fn skipped(count: usize) -> String {
    match count {
        0 => String::new(),
        count => format!(" skipped=\"{count}\""),
    }
}

fn case(xml: &mut String, result: &TestResult) -> fmt::Result {
    write!(
        xml,
        "    <testcase classname=\"{}\" name=\"{}\" time=\"{}\"",
        escape(&result.directory),
        escape(result.name()),
        time::seconds(result.duration)
    )?;
    match &result.verdict {
        Verdict::Passed => xml.push_str("/>\n"),
        Verdict::NotRun(_) => xml.push_str(">\n      <skipped/>\n    </testcase>\n"),
        Verdict::Failed(error) => {
            write!(
                xml,
                ">\n      <failure type=\"{}\" message=\"{}\">{}</failure>\n    </testcase>\n",
                error.sqlstate().unwrap_or_else(|| error.code().name()),
                escape(&message(error)),
                escape(&explanation(error))
            )?;
        }
    }
    Ok(())
}

/// The place first: it is what a list of failures shows.
fn message(error: &Error) -> String {
    let finding = error.primary();
    let said = redact(&finding.message);
    super::place(finding).map_or_else(|| said.to_string(), |place| format!("{place}: {said}"))
}

/// What the tests of a folder said, each under its name.
fn output(results: &[&TestResult]) -> String {
    let mut text = String::new();
    for result in results.iter().filter(|result| !result.notices.is_empty()) {
        let _ = writeln!(text, "{}:\n{}", result.name(), redact(&result.notices.join("\n")));
    }
    text
}

/// Text and attributes alike; characters that XML cannot hold are replaced.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\t' => escaped.push(character),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            _ => escaped.push(character),
        }
    }
    escaped
}
