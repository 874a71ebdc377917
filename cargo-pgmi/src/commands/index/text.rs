//! What was found, for people.

use std::fmt::Write;

use pgmi_engine::index::{Advice, Created, Dropped, Unhelped};

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
    for it in &advice.unhelped {
        unhelped("No index helps", advice, it, &mut text);
    }
    for it in advice.residual.iter().filter(|_| verbose) {
        unhelped("Checked row by row in", advice, it, &mut text);
    }
    for (index, reason) in advice.declined.iter().filter(|_| verbose) {
        let _ = writeln!(text, "Declined: {}\n  {reason}\n", index.create_sql(false));
    }
    let guesses = advice.create.iter().filter(|it| it.is_guess).count();
    if guesses > 0 {
        let which = if guesses == advice.create.len() { "no index" } else { "not every index" };
        let _ = writeln!(
            text,
            "Note: {which} could be tried in that database; \"worth trying\" is read off its plans (HypoPG, where it is installed \
             there, tries B-trees)\n"
        );
    }
    for (query, words) in &advice.unplanned {
        let _ = writeln!(text, "Note: that database cannot plan {query}: {words}\n");
    }
    text.push_str(&assumed(advice));
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

/// What follows from the queries alone of columns that are NULL in most rows.
fn assumed(advice: &Advice) -> String {
    let most = advice.workload.assumed.iter().filter(|it| it.are_most);
    let most: Vec<String> = most.map(|it| it.column.to_string()).collect();
    match most.is_empty() {
        true => String::new(),
        false => format!(
            "Note: most rows are taken to be NULL in {}, because queries that find rows by something else leave out the \
             others; `nulls` in [package.metadata.pgmi.index] can say how many are, and so can --stats-from\n\n",
            most.join(", ")
        ),
    }
}

fn create(created: &Created, text: &mut String) {
    let word = if created.is_guess { "Worth trying" } else { "Missing" };
    let _ = writeln!(text, "{word} on {}: {}", created.index.table_sql(), created.reason);
    let _ = writeln!(text, "  {};", created.index.create_sql(false));
    let width = created.serves.iter().map(|(query, _)| query.chars().count()).max();
    let width = width.unwrap_or_default();
    for (query, cost) in &created.serves {
        let _ = match cost {
            Some(cost) => writeln!(text, "  {query:width$}  {cost}"),
            None => writeln!(text, "  {query}"),
        };
    }
    if let Some(cost) = created.check {
        let _ = writeln!(text, "  each check of the foreign key: {cost}");
    }
    text.push('\n');
}

fn unhelped(words: &str, advice: &Advice, unhelped: &Unhelped, text: &mut String) {
    let name = advice.workload.query(unhelped.query).map_or("", |query| &query.name);
    let _ = writeln!(text, "{words} {name}: {}", unhelped.reason);
    if let Some(rewrite) = &unhelped.rewrite {
        let _ = writeln!(text, "  rewrite: {rewrite}");
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
    let guesses = advice.create.iter().filter(|it| it.is_guess).count();
    let kinds = [
        (advice.create.len() - guesses, "missing"),
        (guesses, "worth trying"),
        (advice.drop.len(), "superfluous"),
        (advice.unused.len(), "unused"),
    ];
    for (number, word) in kinds.into_iter().filter(|(number, _)| *number > 0) {
        found.push(format!("{} {word}", count(number, "index", "indexes")));
    }
    let found = if found.is_empty() { "no index is missing".to_owned() } else { found.join(", ") };
    format!("{queries}{refused}: {found}")
}
