//! `--explain-connection`: what would be connected to, and who says so. Nothing is connected to.

use pgmi_engine::Result;
use pgmi_engine::connection::{Explanation, Source, Standing, Target};
use pgmi_engine::diagnostic::{json, redact};
use serde_json::{Value, json};

use crate::output::{MessageFormat, Output};

/// Shows where each setting of a connection came from: on stdout as a table, or as one JSON object.
///
/// # Errors
/// [`pgmi_engine::diagnostic::Code::Io`] when stdout cannot be written.
pub fn explain_connection(target: &Target, as_json: bool, output: &Output) -> Result<()> {
    let as_line = output.format == MessageFormat::Json;
    if as_json || as_line {
        let object = object(target);
        let text = if as_json { format!("{object:#}") } else { object.to_string() };
        return output.payload(&redact(&text));
    }
    for warning in target.warnings() {
        output.diagnostic(warning);
    }
    output.payload(redact(&text(target)).trim_end())
}

/// The settings that count, then those that do not, with the reason.
fn text(target: &Target) -> String {
    let counts =
        |it: &&Explanation| matches!(it.standing, Standing::Used | Standing::WithoutEffect);
    let (used, not): (Vec<_>, Vec<_>) = target.explanations().iter().partition(counts);
    let mut text = format!("{} as {}\n\n", target.describe(), target.user());
    text.push_str(&table(used.iter().map(|it| (it, String::new()))));
    if !not.is_empty() {
        text.push_str("\nnot used\n");
        text.push_str(&table(not.iter().map(|it| (it, reason(it, &used)))));
    }
    text
}

fn reason(line: &Explanation, used: &[&Explanation]) -> String {
    match line.standing {
        Standing::BesideString => ": a connection string says where to connect".to_owned(),
        _ => match used.iter().find(|it| it.setting == line.setting) {
            Some(stronger) => format!(": {} is stronger", stronger.source),
            None => String::new(),
        },
    }
}

fn table<'a>(lines: impl Iterator<Item = (&'a &'a Explanation, String)>) -> String {
    let lines: Vec<_> = lines.collect();
    let width = |of: fn(&Explanation) -> usize| lines.iter().map(|(it, _)| of(it)).max();
    let names = width(|it| it.setting.chars().count()).unwrap_or_default();
    let values = width(|it| it.value.chars().count()).unwrap_or_default();
    let line = |(it, reason): &(&&Explanation, String)| {
        let (setting, value, source) = (it.setting, &it.value, &it.source);
        let effect = match it.standing {
            Standing::WithoutEffect => " (has no effect here)",
            _ => "",
        };
        format!("  {setting:names$}  {value:values$}  {source}{reason}{effect}\n")
    };
    lines.iter().map(line).collect()
}

fn object(target: &Target) -> Value {
    let settings: Vec<_> = target.explanations().iter().map(setting).collect();
    let warnings: Vec<_> = target.warnings().iter().map(json::to_json).collect();
    json!({
        "database": target.database(),
        "user": target.user(),
        "hosts": target.hosts(),
        "maintenanceDatabase": target.maintenance_database(),
        "settings": settings,
        "warnings": warnings,
    })
}

fn setting(line: &Explanation) -> Value {
    let standing = match line.standing {
        Standing::Used => "used",
        Standing::WithoutEffect => "withoutEffect",
        Standing::Overridden => "overridden",
        Standing::BesideString => "besideConnectionString",
        _ => "other",
    };
    json!({
        "setting": line.setting,
        "value": line.value,
        "standing": standing,
        "source": source(&line.source),
    })
}

fn source(source: &Source) -> Value {
    match source {
        Source::Flag(name) => json!({"kind": "flag", "name": name}),
        Source::ConnectionString(name) => json!({"kind": "connectionString", "name": name}),
        Source::ServiceFile { path, service } => {
            json!({"kind": "serviceFile", "name": service, "path": path})
        }
        Source::Variable(name) => json!({"kind": "variable", "name": name}),
        Source::EnvFile(name) => json!({"kind": "envFile", "name": name}),
        Source::ProjectFile => json!({"kind": "projectFile", "name": "pgmi.yaml"}),
        Source::PasswordFile { path, line } => {
            json!({"kind": "passwordFile", "path": path, "line": line})
        }
        Source::BuiltIn => json!({"kind": "default"}),
        other => json!({"kind": other.to_string()}),
    }
}
