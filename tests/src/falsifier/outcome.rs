//! Running a query, and what came back.

use postgres::{Client, SimpleQueryMessage};

/// What came back of one run.
pub(super) struct Outcome {
    pub rows: Vec<Vec<Cell>>,
    /// How many rows were returned or changed.
    pub touched: u64,
}

/// What is looked at of a value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Cell {
    Null,
    /// An array, as text, one of whose elements is NULL; other types may look like that.
    HoldsNull,
    Value,
}

/// Runs a prepared query and undoes what it did. Nothing when it raises.
pub(super) fn run(
    client: &mut Client,
    name: &str,
    arguments: &[String],
    role: &str,
) -> Option<Outcome> {
    let arguments = match arguments {
        [] => String::new(),
        some => format!("({})", some.join(", ")),
    };
    let sql = format!("savepoint query; {role} execute \"{name}\"{arguments}; rollback to query");
    let Ok(answer) = client.simple_query(&sql) else {
        client.batch_execute("rollback to query").expect("there is a savepoint");
        return None;
    };
    let mut outcome = Outcome { rows: Vec::new(), touched: 0 };
    for message in answer {
        match message {
            SimpleQueryMessage::Row(row) => {
                outcome.rows.push((0..row.len()).map(|at| cell(row.get(at))).collect());
            }
            // Of all but the query itself it is 0.
            SimpleQueryMessage::CommandComplete(count) => {
                outcome.touched = outcome.touched.max(count);
            }
            _ => {}
        }
    }
    Some(outcome)
}

fn cell(text: Option<&str>) -> Cell {
    match text {
        None => Cell::Null,
        Some(text) if holds_null(text) => Cell::HoldsNull,
        Some(_) => Cell::Value,
    }
}

/// Whether an array's text has NULL without quotes.
fn holds_null(array: &str) -> bool {
    let mut outside = String::new();
    let (mut quoted, mut escaped) = (false, false);
    for character in array.chars() {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => quoted = !quoted,
            _ if quoted => {}
            other => outside.push(other),
        }
    }
    array.starts_with(['{', '[']) && outside.split(['{', '}', ',', '=']).any(|it| it == "NULL")
}

#[cfg(test)]
mod tests {
    use super::holds_null;

    #[test]
    fn null_is_told_from_the_word() {
        assert!(
            holds_null("{a,NULL}") && holds_null("{{NULL},{1}}") && holds_null("[2:3]={NULL,1}")
        );
        assert!(
            !holds_null("{a,\"NULL\"}") && !holds_null("{a,\"x,NULL,\\\"\"}") && !holds_null("{}")
        );
    }
}
