//! PostgreSQL refused a query: its words, at the place in the user's file.

use std::ops::Range;

use postgres::error::{DbError, ErrorPosition};

use crate::Error;
use crate::connection::server_error;
use crate::diagnostic::{Code, Diagnostic};
use crate::query::Query;
use crate::sql::tokens;

pub(super) fn query_failed(error: &postgres::Error, query: &Query) -> Error {
    let Some(server) = error.as_db_error() else {
        let message = format!("the connection broke while describing {}", query.label());
        return Diagnostic::error(Code::ConnectionLost, message).note(error.to_string()).into();
    };
    let mut diagnostic =
        Diagnostic::error(Code::QueryFailed, server.message()).server(server_error(server));
    let span = match server.position() {
        Some(ErrorPosition::Original(position)) => {
            query.span_of(usize::try_from(*position).unwrap_or_default())
        }
        _ => parameter(server, query).unwrap_or_else(|| query.positions.source_of(0)),
    };
    diagnostic = diagnostic.at(&query.source, span, "");
    if let Some(help) = help(server, query) {
        diagnostic = diagnostic.help(help);
    }
    diagnostic.into()
}

fn help(error: &DbError, query: &Query) -> Option<String> {
    let spelled = |span: &Range<usize>| query.source.text().get(span.clone());
    match error.code().code() {
        // `indeterminate_datatype`, `ambiguous_parameter`
        "42P18" | "42P08" => {
            let spelled = spelled(&parameter(error, query)?)?;
            Some(format!("say what type it has: {spelled}::int, {spelled}::text, …"))
        }
        // `ambiguous_function`: more than one would take the parameters.
        "42725" => {
            let spelled = spelled(query.placeholders.first()?.spans.first()?)?;
            Some(format!(
                "say what types the parameters have: {spelled}::jsonb, {spelled}::text, …"
            ))
        }
        // `syntax_error`, `undefined_column`, `undefined_function`
        "42601" | "42703" | "42883" if has_foreign_placeholder(query) => {
            Some("parameters are written $name, :name or $1".to_owned())
        }
        _ => None,
    }
}

/// Whether there is something that other tools take for a parameter: `?`, `@name`, `%s`, `{name}`.
fn has_foreign_placeholder(query: &Query) -> bool {
    let marks = ["?", "@", "%", "{", "#"];
    query.style.is_none()
        && tokens(&query.sql).any(|token| marks.iter().any(|mark| token.text(&query.sql) == *mark))
}

/// The placeholder that a message speaks of as `$1`.
fn parameter(error: &DbError, query: &Query) -> Option<Range<usize>> {
    let number = error.message().split('$').nth(1)?;
    let digits = number.split(|it: char| !it.is_ascii_digit()).next()?;
    let index = digits.parse::<usize>().ok()?.checked_sub(1)?;
    query.placeholders.get(index)?.spans.first().cloned()
}
