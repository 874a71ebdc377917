//! `--write`: a migration that was applied before it is left there.

use std::path::{Path, PathBuf};

use pgmi_engine::analysis::Deployed;
use pgmi_engine::diagnostic::{Code, Diagnostic};
use pgmi_engine::index::{Advice, IndexDefinition, MigrationStyle, next_migration};
use pgmi_engine::{Error, Result};

use super::production::Production;
use crate::commands::queries::Queries;
use crate::signals::Signals;

pub struct Writing<'a> {
    pub advice: &'a Advice,
    pub production: &'a Production,
    pub queries: &'a Queries,
    pub signals: &'a Signals,
    /// Reads the project again.
    pub again: &'a dyn Fn() -> Result<Queries>,
}

impl Writing<'_> {
    /// Writes the migration, the way in which the project can be deployed with it.
    ///
    /// # Errors
    /// The project has no numbered migrations, or cannot be deployed with this one: then it is removed again.
    pub fn write(&self) -> Result<PathBuf> {
        let project = &self.queries.subject.project;
        let relative = next_migration(project, "indexes").ok_or_else(no_migrations)?;
        let path = project.root.join(relative.trim_start_matches("./"));
        // What runs in a transaction, as most of `deploy.sql` does, cannot be concurrent.
        let ways = match self.production.concurrently {
            Some(concurrently) => vec![concurrently],
            None => vec![true, false],
        };
        let mut failure = None;
        for concurrently in ways {
            match self.attempt(&path, concurrently) {
                Ok(()) => return Ok(path),
                Err(error) => failure = Some(error),
            }
        }
        let _ = std::fs::remove_file(&path);
        Err(failure.unwrap_or_else(|| no_migrations().into()))
    }

    fn attempt(&self, path: &Path, concurrently: bool) -> Result<()> {
        let concurrently =
            |index: &IndexDefinition| concurrently && self.production.is_in_use(index);
        let drops_unused = self.production.sole_client;
        let style = MigrationStyle { concurrently: &concurrently, drops_unused };
        std::fs::write(path, self.advice.migration(&style)).map_err(|error| {
            let message = format!("cannot write `{}`: {error}", path.display());
            Error::from(Diagnostic::error(Code::Io, message))
        })?;
        let again = (self.again)()?;
        Deployed::make(&again.request(), self.signals.begin_work()).map(drop)
    }
}

fn no_migrations() -> Diagnostic {
    let message = "the project has no numbered migrations, so there is no next one";
    Diagnostic::error(Code::Usage, message)
        .help("print the migration with `--sql`, and put it where the project has its SQL")
}
