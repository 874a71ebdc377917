//! Projects made at random: what the analysis says can be done, takes no promise away, and leaves nothing to say.
//!
//! `PGMI_INDEX_ROUNDS` says how many projects are made on each major; `PGMI_INDEX_SEED` is the one to look at:
//!
//! ```console
//! PGMI_INDEX_ROUNDS=500 cargo nextest run -p pgmi-tests --all-features index::random
//! PGMI_INDEX_SEED=1234 cargo nextest run -p pgmi-tests --all-features index::random
//! ```

use std::fmt::Write;

use pgmi_tests::{Database, Project, on_every_major};

use super::arbitrary::{Arbitrary, project};
use super::solve::{analyse, statements};

/// What constraints and unique indexes there are.
const PROMISES: &str = "select concat_ws(' ', conrelid::regclass, conname) from pg_constraint where conrelid <> 0
    union all select indexrelid::regclass::text from pg_index where indisunique and indrelid >= 16384 order by 1";

on_every_major! {
    fn nothing_is_left_to_do_for_any_project(db: &Database) {
        let major = u64::from(db.major());
        let seeds: Vec<u64> = match number("PGMI_INDEX_SEED") {
            Some(seed) => vec![seed],
            // Others on each major.
            None => (0..number("PGMI_INDEX_ROUNDS").unwrap_or(4)).map(|round| round * 5 + major % 5).collect(),
        };
        let (mut wrong, mut refused, mut queries, mut proposed) = (String::new(), 0, 0, 0);
        for seed in seeds {
            let arbitrary = project(seed);
            let found = check(db.major(), &arbitrary);
            queries += arbitrary.queries.len();
            refused += found.refused;
            proposed += found.proposed;
            if !found.wrong.is_empty() {
                writeln!(wrong, "seed {seed}:\n{}\n{}", found.wrong, shown(&arbitrary)).unwrap();
            }
        }
        println!("{queries} queries, of which PostgreSQL refuses {refused}; {proposed} statements");
        assert!(wrong.is_empty(), "\n{wrong}");
        // Else next to nothing would be tried.
        assert!(refused * 10 <= queries.max(10), "{refused} of {queries} queries are refused");
    }
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

#[derive(Default)]
struct Found {
    wrong: String,
    refused: usize,
    proposed: usize,
}

fn check(major: u16, arbitrary: &Arbitrary) -> Found {
    let files =
        arbitrary.queries.iter().map(|(name, sql)| (format!("queries/{name}.sql"), sql.clone()));
    let project =
        Project::new(files.chain([("migrations/1.sql".to_owned(), arbitrary.schema.clone())]));
    let advice = analyse(major, &project);
    let statements = statements(&advice);
    let mut found =
        Found { refused: advice.refused.len(), proposed: statements.len(), ..Found::default() };
    for table in advice.filled.tables.iter().filter(|it| it.problem.is_some()) {
        writeln!(found.wrong, "{} has no rows: {:?}", table.table, table.problem).unwrap();
    }
    if statements.is_empty() {
        return found;
    }
    let db = Database::create(major);
    db.run(&arbitrary.schema);
    let promises = db.rows(PROMISES);
    for statement in &statements {
        if let Err(error) = db.client().batch_execute(statement) {
            writeln!(found.wrong, "{statement}: {error:?}").unwrap();
            return found;
        }
    }
    if db.rows(PROMISES) != promises {
        writeln!(found.wrong, "promises are gone: {statements:?}").unwrap();
    }
    project.write(
        "migrations/2.sql",
        statements.iter().map(|it| format!("{it};\n")).collect::<String>(),
    );
    let again = analyse(major, &project);
    let left = self::statements(&again);
    if !left.is_empty() {
        writeln!(
            found.wrong,
            "first {statements:#?}\n{:#?}\nthen {left:#?}\n{:#?}",
            advice.create, again.create
        )
        .unwrap();
    }
    found
}

fn shown(arbitrary: &Arbitrary) -> String {
    let queries = arbitrary.queries.iter().map(|(name, sql)| format!("-- {name}\n{sql};\n"));
    format!("{}{}", arbitrary.schema, queries.collect::<String>())
}
