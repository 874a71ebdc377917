//! From a request to a template with a stock of copies.

use std::io;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::sync::Arc;
use std::time::Duration;

use super::fixture::{Fixture, bring_in};
use super::memory::{self, Failed, Known};
use super::request::TestRequest;
use super::stamps::Stamps;
use crate::check::below;
use crate::cluster::{Lock, Server};
use crate::diagnostic::{Code, Diagnostic};
use crate::manifest::CrateSettings;
use crate::project::{Configuration, OpenOptions, Parameters, Project};
use crate::session::{Events, Interrupt};
use crate::shadow::stock::StockAddress;
use crate::shadow::{Shadows, Template};
use crate::suite::{SingleTests, SuiteRequest};
use crate::{Error, Result};

/// A template with somebody who makes copies of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ready {
    /// The name of the template.
    pub template: String,
    pub stock: StockAddress,
}

/// A template, and the server that it is on. While this lives, both stay.
pub struct Prepared {
    pub shadows: Shadows,
    pub template: Template,
    /// What its copies are asked for; none where there is nobody to ask.
    pub ready: Option<Ready>,
}

/// What a process works with while others wait.
struct Turn {
    folder: PathBuf,
    settings: CrateSettings,
    project: PathBuf,
    /// Taken before anything is read.
    stamps: Stamps,
    _lock: Lock,
}

/// How long a SQL test may take.
const TEST_TIMEOUT: Duration = Duration::from_secs(60);

impl TestRequest {
    /// What an earlier process found out, if everything is as it was then.
    pub fn remembered(&self) -> Option<Ready> {
        let file = memory::file(&self.folder().ok()?, &self.fingerprint(), "json");
        let known: Known = memory::read(&file)?;
        let ready = || Ready { template: known.template, stock: StockAddress::at(known.socket) };
        known.stamps.hold().then(ready)
    }

    /// Finds the server, makes the template and has `start` start a stockkeeper where one is missing.
    ///
    /// Processes that want the same wait for each other. What fails for one of a run is not tried again by
    /// the others: they are sent to where it was told.
    ///
    /// # Errors
    /// There is no server; the project or a fixture cannot be brought into a database, with file and line.
    pub fn prepare(&self, start: impl FnOnce(&Path) -> io::Result<Child>) -> Result<Prepared> {
        let turn = self.turn()?;
        let (shadows, template) = self.once(&turn, || self.make(&turn))?;
        let Turn { folder, stamps, .. } = &turn;
        let stock = StockAddress::of(shadows.server(), folder);
        // Without a stock a test waits for its copy, and that is all.
        let ready = stock.open(start).ok().map(|()| {
            let known = Known {
                stamps: stamps.clone(),
                template: template.name().to_owned(),
                socket: stock.socket().to_owned(),
            };
            if stamps.settled() {
                memory::clean(folder);
                memory::write(&memory::file(folder, &self.fingerprint(), "json"), &known);
            }
            Ready { template: known.template, stock }
        });
        Ok(Prepared { shadows, template, ready })
    }

    /// Brings a throwaway database to where the project's SQL tests are called.
    ///
    /// # Errors
    /// As [`TestRequest::prepare`].
    pub fn sql_tests(&self) -> Result<SingleTests> {
        let turn = self.turn()?;
        self.once(&turn, || {
            let (project, parameters) = self.read(&turn)?;
            let shadows = Shadows::on(Server::find(&self.server_request(&turn.settings))?)?;
            let request = SuiteRequest {
                name: turn.project.display().to_string(),
                project,
                parameters,
                filter: None,
                keep_going: true,
                jobs: 1,
                test_timeout: Some(TEST_TIMEOUT),
            };
            let silence: Events = Arc::new(|_| {});
            self.named(&turn.project, SingleTests::prepare(request, shadows, &silence))
        })
    }

    /// Waits for its turn among the processes that want the same.
    fn turn(&self) -> Result<Turn> {
        let folder = self.folder()?;
        std::fs::create_dir_all(&folder).map_err(|error| unwritable(&folder, &error))?;
        let lock = Lock::exclusive(&memory::file(&folder, &self.fingerprint(), "lock"))?;
        let settings = self.settings()?;
        let project = self.project_folder(&settings);
        let read = [self.manifest()].into_iter().chain(self.fixtures.iter().cloned());
        let stamps = Stamps::of(&project, read);
        Ok(Turn { folder, settings, project, stamps, _lock: lock })
    }

    /// Makes something, unless that failed already in this run.
    fn once<T>(&self, turn: &Turn, make: impl FnOnce() -> Result<T>) -> Result<T> {
        let file = memory::file(&turn.folder, &self.fingerprint(), "failed");
        self.check_failed(&file)?;
        make().inspect_err(|error| {
            if let Some(run) = &self.run {
                memory::write(&file, &self.failure(run, error, turn.stamps.clone()));
            }
        })
    }

    fn make(&self, turn: &Turn) -> Result<(Shadows, Template)> {
        let fixtures = Fixture::read_all(&self.krate, &self.fixtures)?;
        let (project, parameters) = self.read(turn)?;
        let shadows = Shadows::on(Server::find(&self.server_request(&turn.settings))?)?;
        let silence: Events = Arc::new(|_| {});
        let made = shadows.template(&project, &parameters, &silence, &Interrupt::default());
        let template = self.named(&turn.project, made)?;
        let template = match fixtures.is_empty() {
            true => template,
            false => {
                let what = Fixture::content(&fixtures);
                shadows.variant(&template, &what, |target| bring_in(&fixtures, target))?
            }
        };
        Ok((shadows, template))
    }

    fn read(&self, turn: &Turn) -> Result<(Project, Parameters)> {
        let (folder, settings) = (&turn.project, &turn.settings);
        let opened = Project::open_any_layout(folder, &OpenOptions::default());
        let project = self.named(folder, opened)?;
        let project = match &settings.queries {
            Some(queries) => project.with_queries_in(&self.krate.join(queries)),
            None => project,
        };
        let configuration = self.named(folder, Configuration::read(folder))?;
        let mut parameters = Parameters::default();
        parameters.extend(&configuration.params)?;
        parameters.extend(&settings.parameters)?;
        parameters.extend(self.parameters.iter().map(|(key, value)| (key, value.as_str())))?;
        Ok((project, parameters))
    }

    /// Findings name the project's files as they are seen from the crate's folder.
    fn named<T>(&self, folder: &Path, result: Result<T>) -> Result<T> {
        result.map_err(|error| below(folder.strip_prefix(&self.krate).unwrap_or(folder), error))
    }

    fn failure(&self, run: &str, error: &Error, stamps: Stamps) -> Failed {
        Failed {
            stamps,
            run: run.to_owned(),
            test: self.test.clone(),
            code: error.code().name().to_owned(),
            message: error.primary().message.clone(),
        }
    }

    /// Whether another process of this run met a failure that would be the same.
    fn check_failed(&self, file: &Path) -> Result<()> {
        let known: Option<Failed> = memory::read(file);
        let same = known.filter(|it| Some(&it.run) == self.run.as_ref() && it.stamps.hold());
        let Some(failed) = same else { return Ok(()) };
        let code = Code::ALL.iter().find(|code| code.name() == failed.code);
        let code = code.copied().unwrap_or(Code::DatabaseSetup);
        let finding = Diagnostic::error(code, failed.message);
        Err(finding.note(format!("in full in the output of {}", failed.test)).into())
    }
}

fn unwritable(folder: &Path, error: &io::Error) -> Error {
    let message = format!("cannot make {}: {error}", folder.display());
    Diagnostic::error(Code::Io, message).help("choose a folder with PGMI_CACHE_DIR").into()
}
