//! The migration: what is created, what is dropped, each with its reason.

use std::fmt::Write;

use super::{Advice, Created, Dropped, IndexDefinition};

const UNTRIED: &str = "It could not be tried in that database: try it there before it stays.";

/// How a migration is written.
#[derive(Clone, Copy)]
pub struct MigrationStyle<'a> {
    /// Whether a table is in use somewhere: then its indexes are made and dropped without locking writers out,
    /// outside of transactions.
    pub concurrently: &'a dyn Fn(&IndexDefinition) -> bool,
    /// What nothing of the project uses is dropped, too. Else it stands there as a comment.
    pub drops_unused: bool,
}

impl Advice {
    /// The text of the migration; empty where there is nothing to say.
    ///
    /// Indexes are created before others are dropped, so that no query is without at any time.
    pub fn migration(&self, style: &MigrationStyle<'_>) -> String {
        let mut sql = String::new();
        for created in &self.create {
            sql.push_str(&create(created, self.is_concurrent(&created.index, style)));
        }
        for dropped in &self.drop {
            sql.push_str(&self.drop_sql(dropped, style));
        }
        for unused in &self.unused {
            match style.drops_unused {
                true => sql.push_str(&self.drop_sql(unused, style)),
                false => sql.push_str(&commented(&self.drop_sql(unused, style))),
            }
        }
        let statements = sql.trim_end();
        if statements.is_empty() {
            return String::new();
        }
        format!("{}\n{statements}\n", self.head(style))
    }

    /// Whether an index is created or dropped CONCURRENTLY, which that of a partitioned table cannot.
    pub fn is_concurrent(&self, index: &IndexDefinition, style: &MigrationStyle<'_>) -> bool {
        let table = (index.schema.clone(), index.table.clone());
        (style.concurrently)(index) && !self.partitioned.contains(&table)
    }

    fn drop_sql(&self, dropped: &Dropped, style: &MigrationStyle<'_>) -> String {
        let concurrently = self.is_concurrent(&dropped.index, style);
        let sql = dropped.index.drop_sql(concurrently);
        format!("-- {}\n{sql};\n\n", one_line(&dropped.reason))
    }

    fn head(&self, style: &MigrationStyle<'_>) -> String {
        let queries = self.workload.queries.len();
        let mut head = format!(
            "-- Indexes, as `cargo pgmi index` found them for {queries} {}.\n",
            if queries == 1 { "query" } else { "queries" }
        );
        let all =
            self.create.iter().map(|it| &it.index).chain(self.drop.iter().map(|it| &it.index));
        let mut all = all.filter(|index| self.is_concurrent(index, style));
        if all.next().is_some() {
            head.push_str(
                "-- Runs outside of a transaction: CONCURRENTLY lets others write meanwhile.\n",
            );
        }
        head
    }
}

fn create(created: &Created, concurrently: bool) -> String {
    let mut sql = String::new();
    // Writing into a string cannot fail, here and below.
    let _ = writeln!(sql, "-- {}", one_line(&created.reason));
    for (query, cost) in &created.serves {
        let _ = match cost {
            Some(cost) => writeln!(sql, "--   {query}: {cost}"),
            None => writeln!(sql, "--   {query}"),
        };
    }
    if let Some(cost) = created.check {
        let _ = writeln!(sql, "--   each check of the foreign key: {cost}");
    }
    if created.is_guess {
        let _ = writeln!(sql, "-- {UNTRIED}");
    }
    let _ = writeln!(sql, "{};\n", created.index.create_sql(concurrently));
    sql
}

fn commented(sql: &str) -> String {
    let line = |line: &str| match line {
        "" => "\n".to_owned(),
        line if line.starts_with("--") => format!("{line}\n"),
        line => format!("-- {line}\n"),
    };
    sql.lines().map(line).collect()
}

/// A name or a literal may have a line of its own.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
