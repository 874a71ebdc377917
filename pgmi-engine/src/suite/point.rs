//! Where `deploy.sql` calls its tests, and what is deployed until then.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, SourceText};
use crate::project::{DeployScript, Deployment, Project};
use crate::sql::statements;
use crate::{Error, Result};

/// What a session waits in for its tests; it also proves that there is a transaction.
pub(super) const SAVEPOINT: &str = "savepoint __pgmi_suite__;";

/// A place in `deploy.sql` where tests run.
#[derive(Clone, Debug, Default)]
pub(super) struct Point {
    /// The call; none when there is no call at all, and all tests run behind the head.
    pub(super) call: Option<Range<usize>>,
    /// Which tests; none for all of them.
    pub(super) pattern: Option<String>,
}

impl Point {
    /// Every place, in order.
    ///
    /// # Errors
    /// [`Code::TestMacro`] for a call inside another statement, before which nothing ends.
    pub(super) fn all(project: &Project) -> Result<Vec<Self>> {
        let script = project.deploy_script().filter(|script| !script.test_calls.is_empty());
        let Some(script) = script else { return Ok(vec![Self::default()]) };
        let sql = script.source.text();
        let starts: Vec<usize> = statements(sql).map(|statement| statement.span.start).collect();
        let points = script.test_calls.iter().map(|call| {
            if !starts.contains(&call.span.start) {
                return Err(Error::from(not_a_statement(&script.source, &call.span)));
            }
            Ok(Self { call: Some(call.span.clone()), pattern: call.pattern.clone() })
        });
        points.collect()
    }

    /// The project with a `deploy.sql` that goes as far as this place, and then does `ending`.
    ///
    /// # Errors
    /// As [`DeployScript::parse`].
    pub(super) fn project(&self, project: &Project, ending: &str) -> Result<Project> {
        let Some(script) = project.deploy_script() else { return Ok(project.clone()) };
        let sql = script.source.text();
        let end = self.call.clone().or_else(|| script.terminator());
        let before = end.map_or(sql, |end| &sql[..end.start]);
        // A line comment may stand directly before the call.
        let script = DeployScript::parse(format!("{before}\n{ending}"))?;
        Ok(Project { deployment: Deployment::Script(script), ..project.clone() })
    }

    /// Whether a transaction must be begun for the script.
    pub(super) fn needs_begin(&self, project: &Project) -> bool {
        let opens = |script: &DeployScript| script.opens_transaction();
        self.call.is_none() && !project.deploy_script().is_some_and(opens)
    }

    /// The same error as in a deployment, at the call instead of at a savepoint of ours.
    pub(super) fn explain(&self, project: &Project, error: Error) -> Error {
        let (Some(script), Some(call)) = (project.deploy_script(), &self.call) else {
            return error;
        };
        let said = &error.primary().message;
        if error.sqlstate() != Some("25P01") || !said.contains("SAVEPOINT") {
            return error;
        }
        let server = error.primary().server.clone().unwrap_or_default();
        Diagnostic::error(Code::SqlFailed, said.clone())
            .at(&script.source, call.clone(), "this needs a transaction")
            .server(server)
            .help("CALL pgmi_test() sets savepoints: put it between BEGIN; and COMMIT;")
            .into()
    }
}

fn not_a_statement(source: &SourceText, span: &Range<usize>) -> Diagnostic {
    Diagnostic::error(Code::TestMacro, "this test call stands inside another statement")
        .at(source, span.clone(), "")
        .help("write CALL pgmi_test(); as a statement of its own")
}
