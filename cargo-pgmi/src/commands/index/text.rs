//! What was found, for people.

use std::fmt::Write;

use pgmi_engine::index::{Advice, Created, Dropped};

// Writing into a string cannot fail.
pub fn advice(advice: &Advice, verbose: bool) -> String {
    let mut text = String::new();
    for created in &advice.create {
        create(created, &mut text);
    }
    section("Superfluous", &advice.drop, &mut text);
    section("Unused by these queries; others may use it", &advice.unused, &mut text);
    for lint in &advice.lints {
        let _ = writeln!(text, "Look at {} on {}", lint.index.name, lint.index.table_sql());
        let _ = writeln!(text, "  {}\n", lint.reason);
    }
    for unhelped in &advice.unhelped {
        let name = advice.workload.query(unhelped.query).map_or("", |query| &query.name);
        let _ = writeln!(text, "No index helps {name}: {}", unhelped.reason);
        if let Some(rewrite) = &unhelped.rewrite {
            let _ = writeln!(text, "  rewrite: {rewrite}");
        }
        text.push('\n');
    }
    for (index, reason) in advice.declined.iter().filter(|_| verbose) {
        let _ = writeln!(text, "Declined: {}\n  {reason}\n", index.create_sql(false));
    }
    if advice.is_guess && !advice.create.is_empty() {
        text.push_str("Note: without HypoPG in that database no index could be tried; these are read off its plans\n\n");
    }
    for (query, words) in &advice.unplanned {
        let _ = writeln!(text, "Note: that database cannot plan {query}: {words}\n");
    }
    for table in advice.filled.tables.iter().filter(|table| table.problem.is_some()) {
        let problem = table.problem.as_deref().unwrap_or_default();
        let _ = writeln!(
            text,
            "Note: {}.{} was tried with {} rows: {problem}\n",
            table.schema, table.table, table.rows
        );
    }
    let _ = write!(text, "{}", verdict(advice));
    text
}

fn create(created: &Created, text: &mut String) {
    let _ = writeln!(text, "Missing on {}: {}", created.index.table_sql(), created.reason);
    let _ = writeln!(text, "  {};", created.index.create_sql(false));
    let width = created.serves.iter().map(|(query, _)| query.chars().count()).max();
    let width = width.unwrap_or_default();
    for (query, cost) in &created.serves {
        let _ = match cost {
            Some((before, after)) => {
                writeln!(text, "  {query:width$}  cost {before:.0} -> {after:.0}")
            }
            None => writeln!(text, "  {query}"),
        };
    }
    if let Some((before, after)) = created.check {
        let _ = writeln!(text, "  each check of the foreign key: cost {before:.0} -> {after:.0}");
    }
    text.push('\n');
}

fn section(title: &str, dropped: &[Dropped], text: &mut String) {
    for it in dropped {
        let index = &it.index;
        let _ = writeln!(text, "{title}: {} on {}", index.name, index.table_sql());
        let _ = writeln!(text, "  {}\n", it.reason);
    }
}

fn verdict(advice: &Advice) -> String {
    let count = |number: usize, one: &str, many: &str| {
        format!("{number} {}", if number == 1 { one } else { many })
    };
    let queries = count(advice.workload.queries.len(), "query", "queries");
    let refused = match advice.refused.len() {
        0 => String::new(),
        number => format!(" ({number} more could not be looked at)"),
    };
    let mut found = Vec::new();
    let kinds = [
        (advice.create.len(), "missing"),
        (advice.drop.len(), "superfluous"),
        (advice.unused.len(), "unused"),
    ];
    for (number, word) in kinds.into_iter().filter(|(number, _)| *number > 0) {
        found.push(format!("{} {word}", count(number, "index", "indexes")));
    }
    let found = if found.is_empty() { "no index is missing".to_owned() } else { found.join(", ") };
    format!("{queries}{refused}: {found}")
}
