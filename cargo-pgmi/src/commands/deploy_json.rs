//! `--json`: one object that says how a deployment went.

use pgmi_engine::diagnostic::{json, redact};
use pgmi_engine::session::{DeployFailure, DeployReport, ExecutionMode};
use serde::Serialize;
use serde_json::Value;

/// The keys and their order are those of session API v1; `warnings` and `diagnostics` are ours.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Envelope {
    status: &'static str,
    exit_code: u8,
    #[serde(flatten)]
    result: Option<Report>,
    #[serde(flatten)]
    failure: Option<Failure>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<Value>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Report {
    files_loaded: usize,
    test_macros: usize,
    duration_ms: u128,
    #[serde(skip_serializing_if = "String::is_empty")]
    database: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    execution_units: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    units_committed: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dry_run: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recorded: Option<bool>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    not_run: Vec<Statement>,
}

/// A statement of the tail, which a rehearsal leaves out.
#[derive(Serialize)]
struct Statement {
    line: usize,
    text: String,
}

#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Failure {
    #[serde(skip_serializing_if = "Option::is_none")]
    execution_mode: Option<&'static str>,
    error: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    sqlstate: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
    #[serde(rename = "where", skip_serializing_if = "Option::is_none")]
    context: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    failed_file: Option<String>,
    /// The file that line and column count in.
    #[serde(skip_serializing_if = "Option::is_none")]
    script: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_line: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    script_expanded: Option<bool>,
    diagnostics: Vec<Value>,
}

/// The object, indented.
pub fn envelope(result: &Result<DeployReport, Box<DeployFailure>>, exit_code: u8) -> String {
    let envelope = match result {
        Ok(report) => Envelope {
            status: "success",
            exit_code,
            result: Some(Report::of(report)),
            failure: None,
            warnings: report.warnings.iter().map(json::to_json).collect(),
        },
        Err(failure) => Envelope {
            status: "failed",
            exit_code,
            result: (!failure.report.database.is_empty()).then(|| Report::of(&failure.report)),
            failure: Some(Failure::of(failure)),
            warnings: Vec::new(),
        },
    };
    serde_json::to_string_pretty(&envelope).unwrap_or_default()
}

impl Report {
    fn of(report: &DeployReport) -> Self {
        let units = report.execution_units;
        Self {
            files_loaded: report.files_loaded,
            test_macros: report.test_macros,
            duration_ms: report.duration.as_millis(),
            database: report.database.clone(),
            execution_units: (units > 0).then_some(units),
            units_committed: (units > 0).then_some(report.units_committed),
            dry_run: report.rehearsed.then_some(true),
            recorded: report.recorded.then_some(true),
            not_run: report
                .not_run
                .iter()
                .map(|it| Statement { line: it.line(), text: redact(it.text()).into_owned() })
                .collect(),
        }
    }
}

impl Failure {
    fn of(failure: &DeployFailure) -> Self {
        let primary = failure.error.primary();
        let mut shown = Self {
            execution_mode: failure.mode().map(|mode| match mode {
                ExecutionMode::Atomic => "atomic",
                ExecutionMode::Psql => "psql",
            }),
            error: redact(&primary.message).into_owned(),
            failed_file: failure.failed_file.clone(),
            diagnostics: failure.error.diagnostics().iter().map(json::to_json).collect(),
            ..Self::default()
        };
        if let Some(server) = &primary.server {
            let text =
                |text: &Option<String>| text.as_deref().map(|text| redact(text).into_owned());
            shown.sqlstate = Some(server.sqlstate.clone());
            shown.detail = text(&server.detail);
            shown.hint = text(&server.hint);
            shown.context = text(&server.context);
        }
        if let Some(place) = primary.place() {
            let at = place.source.line_column(place.span.start);
            let line = place.source.line_span(at.line).unwrap_or(0..0);
            shown.script = Some(place.source.name().to_owned());
            shown.source_line = Some(redact(place.source.text()[line].trim_end()).into_owned());
            (shown.line, shown.column) = (Some(at.line), Some(at.column));
            shown.script_expanded = Some(failure.report.test_macros > 0);
        }
        shown
    }
}
