//! Index analysis: the cases of `tests/index`, projects made at random, the rows that candidates are tried over, and the trial.

mod arbitrary;
mod bad_input;
mod case;
mod command;
mod corpus;
mod fill;
mod fixpoint;
mod live;
mod random;
mod solve;
mod statistics;
mod trial;

use std::collections::HashSet;
use std::sync::Arc;

use pgmi_engine::catalog::Catalog;
use pgmi_engine::cluster::Server;
use pgmi_engine::describe::Describer;
use pgmi_engine::diagnostic::SourceText;
use pgmi_engine::index::{
    ColumnName, FillRequest, Filled, Parameter, Rows, Workload, WorkloadQuery, fill,
};
use pgmi_engine::project::{OpenOptions, Parameters, Project as Opened};
use pgmi_engine::query::Query;
use pgmi_engine::session::Interrupt;
use pgmi_engine::shadow::{Shadow, Shadows};
use pgmi_tests::{Project, join};
use postgres::{Client, NoTls};

/// A throwaway database with a schema.
struct Ground {
    // Dropped before the server it is on.
    shadow: Shadow,
    _shadows: Shadows,
}

impl Ground {
    fn of(major: u16, schema: &str) -> Self {
        let shadows = Shadows::on(Server::local(join(major)).unwrap()).unwrap();
        let project = Project::new([("migrations/1.sql", schema)]);
        let opened = Opened::open_any_layout(project.path(), &OpenOptions::default()).unwrap();
        let events = Arc::new(|_| ());
        let template = shadows
            .template(&opened, &Parameters::default(), &(events as _), &Interrupt::default())
            .unwrap_or_else(|error| panic!("{error:?}"));
        let shadow = shadows.copy(&template).unwrap();
        Self { shadow, _shadows: shadows }
    }

    fn client(&self) -> Client {
        Client::connect(self.shadow.connection_string(), NoTls).unwrap()
    }

    fn number(&self, sql: &str) -> i64 {
        let row = self.client().query_one(sql, &[]);
        row.unwrap_or_else(|error| panic!("{error:?}: {sql}")).get(0)
    }

    fn catalog(&self) -> Catalog {
        Catalog::read(&mut self.client()).unwrap()
    }

    fn fill(&self, workload: &Workload, rows: &Rows) -> Filled {
        self.fill_for(workload, rows, None)
    }

    /// With values that differ where the columns are asked about.
    fn fill_for(
        &self,
        workload: &Workload,
        rows: &Rows,
        asked: Option<&HashSet<(u32, i32)>>,
    ) -> Filled {
        let (catalog, tables) = (self.catalog(), HashSet::new());
        let request = FillRequest { catalog: &catalog, workload, rows, tables: &tables, asked };
        fill(&self.shadow, &request).unwrap_or_else(|error| panic!("{error:?}"))
    }

    /// Queries as the describer understands them; the columns that their parameters are compared with are
    /// said by the test.
    fn workload(&self, queries: &[(&str, &[(&str, &str)])]) -> Workload {
        let config = self.shadow.connection_string().parse().unwrap();
        let mut describer = Describer::connect(&config).unwrap();
        let query = |(sql, parameters): &(&str, &[(&str, &str)])| {
            let source = SourceText::new("inline", *sql);
            let query = Query::parse(None, source).unwrap();
            let described = describer.describe(&query).unwrap_or_else(|error| panic!("{error:?}"));
            WorkloadQuery {
                name: (*sql).to_owned(),
                sql: query.sql.clone(),
                parameters: parameters.iter().map(parameter).collect(),
                trees: described.queries,
                literals: Vec::new(),
            }
        };
        let queries = queries.iter().map(query).collect();
        Workload { queries, ..Workload::default() }
    }
}

/// Written as `type column operator`.
fn parameter((type_name, place): &(&str, &str)) -> Parameter {
    let (column, operator) = place.split_once(' ').unwrap();
    let (table, column) = column.split_once('.').unwrap();
    Parameter {
        type_name: (*type_name).to_owned(),
        column: Some(ColumnName {
            schema: "public".to_owned(),
            table: table.to_owned(),
            column: column.to_owned(),
        }),
        operator: Some(operator.to_owned()),
        any: false,
    }
}
