//! PostgreSQL refused a query: its words, at the place in the user's file.

use std::ops::Range;

use postgres::error::{DbError, ErrorPosition};

use crate::Error;
use crate::connection::server_error;
use crate::diagnostic::{Code, Diagnostic};
use crate::query::Query;

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
    match error.code().code() {
        // `indeterminate_datatype`, `ambiguous_parameter`
        "42P18" | "42P08" => {
            let spelled = query.source.text().get(parameter(error, query)?)?;
            Some(format!("say what type it has, such as {spelled}::text"))
        }
        _ => None,
    }
}

/// The placeholder that a message speaks of as `$1`.
fn parameter(error: &DbError, query: &Query) -> Option<Range<usize>> {
    let number = error.message().split('$').nth(1)?;
    let digits = number.split(|it: char| !it.is_ascii_digit()).next()?;
    let index = digits.parse::<usize>().ok()?.checked_sub(1)?;
    query.placeholders.get(index)?.spans.first().cloned()
}
