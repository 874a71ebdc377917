//! Which tests run, below which fixtures, in which order.

use postgres::Client;
use postgres::types::Type;

use super::SuiteRequest;
use super::point::Point;
use crate::connection::server_error;
use crate::diagnostic::{Code, Diagnostic};
use crate::project::{Project, TestDirectory};
use crate::report::Kind;
use crate::{Error, Result};

const PLAN: &str = include_str!("plan.sql");

/// A file that runs; its number is its place in the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) kind: Kind,
    pub(super) path: String,
    pub(super) directory: String,
}

/// The files of a suite.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    pub(super) steps: Vec<Step>,
    pub(super) folders: Vec<Folder>,
}

/// A folder with what runs in it, by number in [`Plan::steps`].
#[derive(Clone, Debug)]
pub(super) struct Folder {
    path: String,
    /// The nearest one above, by number.
    parent: Option<usize>,
    pub(super) fixtures: Vec<usize>,
    pub(super) tests: Vec<usize>,
}

impl Plan {
    /// Asks PostgreSQL, whose regular expressions these are.
    ///
    /// # Errors
    /// [`Code::Usage`] for a filter that is no regular expression, [`Code::SqlFailed`] for such a pattern of
    /// `deploy.sql`.
    pub(super) fn read(client: &mut Client, request: &SuiteRequest, point: &Point) -> Result<Self> {
        let arguments = (&point.pattern, &request.filter);
        let rows = client
            .query_typed(PLAN, &[(arguments.0, Type::TEXT), (arguments.1, Type::TEXT)])
            .map_err(|error| refused(&error, request, point))?;
        let steps = rows.iter().map(|row| {
            let kind = if row.get(0) { Kind::Fixture } else { Kind::Test };
            let wanted: bool = row.get(3);
            (Step { kind, path: row.get(1), directory: row.get(2) }, wanted)
        });
        Ok(Self::of(&request.project, steps))
    }

    /// Keeps the tests that are wanted, and the fixtures of their folders and of those above.
    fn of(project: &Project, steps: impl Iterator<Item = (Step, bool)>) -> Self {
        let steps: Vec<(Step, bool)> = steps.collect();
        let needed: Vec<&str> = steps
            .iter()
            .filter(|(step, wanted)| step.kind == Kind::Test && *wanted)
            .flat_map(|(step, _)| with_ancestors(&project.test_directories, &step.directory))
            .collect();
        let keeps = |step: &Step, wanted: bool| match step.kind {
            Kind::Test => wanted,
            Kind::Fixture => needed.contains(&step.directory.as_str()),
        };
        let mut plan = Self::default();
        for (step, _) in steps.iter().filter(|(step, wanted)| keeps(step, *wanted)) {
            plan.add(project, step.clone());
        }
        plan
    }

    fn add(&mut self, project: &Project, step: Step) {
        let number = self.steps.len();
        let folder = self.folder(project, &step.directory);
        match step.kind {
            Kind::Fixture => self.folders[folder].fixtures.push(number),
            Kind::Test => self.folders[folder].tests.push(number),
        }
        self.steps.push(step);
    }

    /// The number of a folder; it and those above it are added when they are new.
    fn folder(&mut self, project: &Project, path: &str) -> usize {
        if let Some(known) = self.folders.iter().position(|folder| folder.path == path) {
            return known;
        }
        let directory = project.test_directories.iter().find(|it| it.path == path);
        let above = directory.and_then(|it| it.parent_path.clone());
        let parent = above.map(|above| self.folder(project, &above));
        let folder = Folder { path: path.to_owned(), parent, fixtures: vec![], tests: vec![] };
        self.folders.push(folder);
        self.folders.len() - 1
    }

    /// How many tests there are.
    pub(super) fn tests(&self) -> usize {
        self.folders.iter().map(|folder| folder.tests.len()).sum()
    }

    /// A folder and those above it, the outermost first.
    pub(super) fn chain(&self, folder: usize) -> Vec<usize> {
        let mut chain: Vec<usize> =
            std::iter::successors(Some(folder), |&it| self.folders[it].parent).collect();
        chain.reverse();
        chain
    }
}

fn with_ancestors<'a>(all: &'a [TestDirectory], path: &str) -> Vec<&'a str> {
    let find = |path: &str| all.iter().find(|it| it.path == path);
    std::iter::successors(find(path), |it| find(it.parent_path.as_deref()?))
        .map(|it| it.path.as_str())
        .collect()
}

fn refused(error: &postgres::Error, request: &SuiteRequest, point: &Point) -> Error {
    let Some(db) = error.as_db_error() else {
        return Diagnostic::error(Code::ConnectionLost, error.to_string()).into();
    };
    let invalid = db.code().code() == "2201B";
    // The pattern of the call is checked first, by a function that says so.
    let script = request.project.deploy_script().zip(point.call.clone());
    match script {
        Some((script, span)) if db.message().starts_with("Invalid regex pattern") => {
            Diagnostic::error(Code::SqlFailed, db.message())
                .at(&script.source, span, "")
                .server(server_error(db))
        }
        _ if invalid => {
            let filter = request.filter.as_deref().unwrap_or_default();
            let message = format!("the filter `{filter}` is no regular expression");
            Diagnostic::error(Code::Usage, message).note(db.message()).help(
                "it is a POSIX regular expression on paths such as ./__test__/orders/total.sql",
            )
        }
        _ => Diagnostic::error(Code::SessionFailed, db.message()).server(server_error(db)),
    }
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::OpenOptions;

    fn plan(wanted: &[&str]) -> Plan {
        let paths = [
            "__test__/_setup.sql",
            "__test__/a.sql",
            "__test__/x/_setup.sql",
            "__test__/x/y/b.sql",
        ];
        let files = paths.iter().map(|path| (*path, "select 1")).chain([("deploy.sql", "")]);
        let project = Project::from_files(files, &OpenOptions::default()).unwrap();
        let steps = project.test_files.iter().map(|file| {
            let kind = if file.path.is_fixture() { Kind::Fixture } else { Kind::Test };
            let (path, directory) = (file.path.as_str().into(), file.path.directory().into());
            let is_wanted = wanted.iter().any(|it| file.path.as_str().ends_with(it));
            (Step { kind, path, directory }, is_wanted)
        });
        Plan::of(&project, steps)
    }

    fn names(plan: &Plan) -> Vec<&str> {
        plan.steps.iter().map(|step| step.path.as_str()).collect()
    }

    #[test]
    fn fixtures_come_with_the_tests_below_them() {
        assert_eq!(names(&plan(&["a.sql"])), ["./__test__/_setup.sql", "./__test__/a.sql"]);
        let deep = plan(&["b.sql"]);
        assert_eq!(names(&deep).len(), 3);
        let folder = deep.folders.iter().position(|it| it.path.ends_with("y/")).unwrap();
        let chain: Vec<&str> =
            deep.chain(folder).into_iter().map(|it| deep.folders[it].path.as_str()).collect();
        assert_eq!(chain, ["./__test__/", "./__test__/x/", "./__test__/x/y/"]);
        assert!(plan(&[]).steps.is_empty());
    }
}
