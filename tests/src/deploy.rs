//! `cargo pgmi deploy` into the database of a test.

use std::path::Path;

use serde_json::Value;

use crate::{Command, Database, Finished, Project};

impl Database {
    /// Deploys into this database with `--json` and further arguments.
    pub fn deploy(&self, project: impl AsRef<Path>, arguments: &[&str]) -> Finished {
        // The folder of a project that was given away lives until the end.
        self.deploy_command(project.as_ref(), arguments).run()
    }

    /// The same, about to be run.
    pub fn deploy_command(&self, project: &Path, arguments: &[&str]) -> Command {
        let project = project.to_str().expect("projects of tests have plain names");
        let connection = self.connection_string();
        let common = ["deploy", project, "--json", "--connection", &connection];
        Command::new(&[&common, arguments].concat())
    }

    /// Deploys a project that has only this deploy.sql.
    pub fn deploy_sql(&self, deploy_sql: &str) -> Finished {
        self.deploy(Project::new([("deploy.sql", deploy_sql)]), &[])
    }

    /// The rows of a query as psql prints them with `-At`.
    pub fn rows(&self, sql: &str) -> Vec<String> {
        use postgres::SimpleQueryMessage::Row;

        let messages = self.client().simple_query(sql);
        let messages = messages.unwrap_or_else(|error| panic!("{error:?}: {sql}"));
        let rows =
            messages.iter().filter_map(|it| if let Row(row) = it { Some(row) } else { None });
        rows.map(|row| {
            let cells = (0..row.len()).map(|index| row.get(index).unwrap_or(""));
            cells.collect::<Vec<_>>().join("|")
        })
        .collect()
    }

    /// The one value of a query, as text.
    #[track_caller]
    pub fn value(&self, sql: &str) -> String {
        let rows = self.rows(sql);
        assert_eq!(rows.len(), 1, "{sql}: {rows:?}");
        rows.into_iter().next().unwrap_or_default()
    }

    /// Whether there is such a relation.
    pub fn has(&self, relation: &str) -> bool {
        self.value(&format!("select to_regclass('{relation}') is not null")) == "t"
    }
}

impl Finished {
    /// What `--json` printed.
    #[track_caller]
    pub fn json(&self) -> Value {
        let wrong = |error| panic!("{error}\nstdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        serde_json::from_str(&self.stdout).unwrap_or_else(wrong)
    }

    /// Fails the test unless stderr holds each of these.
    #[track_caller]
    pub fn says(self, words: &[&str]) -> Self {
        for wanted in words {
            assert!(self.stderr.contains(wanted), "not said: {wanted}\nstderr:\n{}", self.stderr);
        }
        self
    }

    /// Fails the test when any output holds this.
    #[track_caller]
    pub fn hides(self, secret: &str) -> Self {
        for output in [&self.stdout, &self.stderr] {
            assert!(!output.contains(secret), "shown: {secret}\n{output}");
        }
        self
    }
}
