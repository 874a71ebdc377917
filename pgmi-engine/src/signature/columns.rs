//! Result columns need names, and different ones: they become fields of a struct.

use std::ops::Range;

use super::{Field, groups};
use crate::diagnostic::{Code, Diagnostic};
use crate::query::Query;

/// What PostgreSQL calls a column that has no name.
const NAMELESS: &str = "?column?";

/// One finding for each column of the result that has no name of its own, and for each group of columns
/// (`"artist.id"`) of which nobody could say whether it is there.
pub fn check_columns(query: &Query, columns: &[Field]) -> Vec<Diagnostic> {
    let mut findings = check_names(query, columns);
    findings.extend(groups(columns).into_iter().filter_map(|group| {
        let (name, why) = group.err()?;
        let message = format!("the columns of `{name}` cannot be grouped: {why}");
        let help = "add a column of its table that is NOT NULL, or name the columns without a dot";
        Some(finding(query, query.span_of(1), message, help.to_owned()))
    }));
    findings
}

fn check_names(query: &Query, columns: &[Field]) -> Vec<Diagnostic> {
    let place = |at: usize| {
        let spans = query.spans_of_columns(columns.len());
        spans.and_then(|it| it.get(at).cloned()).unwrap_or_else(|| query.span_of(1))
    };
    let found = columns.iter().enumerate().filter_map(|(at, column)| {
        let same = columns[..at].iter().position(|earlier| earlier.name == column.name);
        match same {
            _ if column.name == NAMELESS => Some(finding(
                query,
                place(at),
                format!("column {} of the result has no name", at + 1),
                format!("name it: … as {}", free_name(columns, at)),
            )),
            Some(first) => Some(finding(
                query,
                place(at),
                format!("columns {} and {} are both called `{}`", first + 1, at + 1, column.name),
                "give one of them another name: … as other_name".to_owned(),
            )),
            None => None,
        }
    });
    found.collect()
}

fn free_name(columns: &[Field], at: usize) -> String {
    let name = format!("column{}", at + 1);
    if columns.iter().any(|column| column.name == name) { format!("{name}_value") } else { name }
}

fn finding(query: &Query, place: Range<usize>, message: String, help: String) -> Diagnostic {
    let what = match place == query.span_of(1) {
        true => "in the result of this statement",
        false => "",
    };
    Diagnostic::error(Code::ColumnName, message).at(&query.source, place, what).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceText;
    use crate::signature::{Nullability, TypeRef, Verdict};

    #[test]
    fn columns_need_names_and_different_ones() {
        let source = SourceText::new("q.sql", "-- doc\nselect 1, id, 2, id, column3");
        let query = Query::parse(None, source).unwrap();
        let column = |name: &str| {
            Field::new(name, TypeRef::built_in("int4"), Verdict::of(Nullability::NotNull))
        };
        let columns = ["?column?", "id", "?column?", "id", "column3"].map(column);
        let findings = check_columns(&query, &columns);
        let said: Vec<_> = findings.iter().map(|one| (&*one.message, &*one.help[0])).collect();
        assert_eq!(
            said,
            [
                ("column 1 of the result has no name", "name it: … as column1"),
                ("column 3 of the result has no name", "name it: … as column3_value"),
                (
                    "columns 2 and 4 are both called `id`",
                    "give one of them another name: … as other_name"
                ),
            ]
        );
        let places: Vec<_> = findings.iter().map(|it| it.place().unwrap().span.clone()).collect();
        assert_eq!(places, [14..15, 21..22, 24..26]);
        let fewer = check_columns(&query, &columns[..2]);
        assert_eq!(
            (fewer.len(), &fewer[0].place().unwrap().span),
            (1, &(7..13)),
            "it tells what it knows"
        );
    }
}
