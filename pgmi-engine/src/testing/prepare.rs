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

/// What a test gets its database from.
pub enum Prepared {
    /// Somebody makes copies.
    Ready(Ready),
    /// Nobody does. While this lives, the template and its server stay.
    Direct(Box<(Shadows, Template)>),
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

/// Of the file in which the templates of SQL tests are remembered.
const SUITE: &str = "suite.json";

/// How long a SQL test may take.
const TEST_TIMEOUT: Duration = Duration::from_secs(60);

impl TestRequest {
    /// What an earlier process found out, if everything is as it was then.
    pub fn remembered(&self) -> Option<Ready> {
        let known = self.known("json")?;
        let template = known.templates.into_iter().next()?;
        Some(Ready { template, stock: StockAddress::at(known.socket) })
    }

    /// Finds the server, makes the template and has `start` start a stockkeeper where one is missing.
    ///
    /// Processes that want the same wait for each other. What fails for one of a run is not tried again by
    /// the others: they are sent to where it was told. Without `recall` nothing is taken as given, because what
    /// was remembered has turned out not to be there.
    ///
    /// # Errors
    /// There is no server; the project or a fixture cannot be brought into a database, with file and line.
    pub fn prepare(
        &self,
        recall: bool,
        start: impl FnOnce(&Path) -> io::Result<Child>,
    ) -> Result<Prepared> {
        let turn = self.turn()?;
        // Somebody else's turn may have answered it.
        let remembered = if recall { self.remembered() } else { None };
        if let Some(ready) = remembered.filter(|it| it.stock.answers()) {
            return Ok(Prepared::Ready(ready));
        }
        let (shadows, template) = self.once(&turn, || self.make(&turn))?;
        let stock = StockAddress::of(shadows.server(), &turn.folder);
        // Without a stock a test waits for its copy, and that is all.
        if stock.open(start).is_err() {
            return Ok(Prepared::Direct(Box::new((shadows, template))));
        }
        let templates = vec![template.name().to_owned()];
        self.remember(&turn, "json", templates.clone(), &stock);
        let template = templates.into_iter().next().unwrap_or_default();
        Ok(Prepared::Ready(Ready { template, stock }))
    }

    /// Brings a throwaway database to where the project's SQL tests are called.
    ///
    /// # Errors
    /// As [`TestRequest::prepare`].
    pub fn sql_tests(&self, start: impl FnOnce(&Path) -> io::Result<Child>) -> Result<SingleTests> {
        let settings = self.settings()?;
        let project = self.project_folder(&settings);
        if let Some(tests) = self.recall(&settings, &project)? {
            return Ok(tests);
        }
        let turn = self.turn()?;
        if let Some(tests) = self.recall(&settings, &project)? {
            return Ok(tests);
        }
        self.once(&turn, || {
            let request = self.suite(&turn.settings, &turn.project)?;
            let shadows = Shadows::on(Server::find(&self.server_request(&turn.settings))?)?;
            let stock = StockAddress::of(shadows.server(), &turn.folder);
            let silence: Events = Arc::new(|_| {});
            let made = SingleTests::prepare(request.clone(), shadows, &silence);
            let tests = self.named(&turn.project, made)?;
            // From the stock they cost the next process next to nothing.
            let Some(templates) = tests.templates() else { return Ok(tests) };
            if stock.open(start).is_err() {
                return Ok(tests);
            }
            self.remember(&turn, SUITE, templates.clone(), &stock);
            let lent = SingleTests::recall(request, &templates, &stock, &self.environment)?;
            Ok(lent.unwrap_or(tests))
        })
    }

    /// The SQL tests as an earlier process left them, if everything is as it was then.
    fn recall(&self, settings: &CrateSettings, project: &Path) -> Result<Option<SingleTests>> {
        let known = self.known(SUITE);
        let Some(known) = known else { return Ok(None) };
        let request = self.suite(settings, project)?;
        let stock = StockAddress::at(known.socket);
        SingleTests::recall(request, &known.templates, &stock, &self.environment)
    }

    fn suite(&self, settings: &CrateSettings, folder: &Path) -> Result<SuiteRequest> {
        let (project, parameters) = self.read(settings, folder)?;
        Ok(SuiteRequest {
            name: folder.display().to_string(),
            project,
            parameters,
            filter: None,
            keep_going: true,
            jobs: 1,
            test_timeout: Some(TEST_TIMEOUT),
        })
    }

    /// What is remembered and still holds.
    fn known(&self, what: &str) -> Option<Known> {
        let known: Known =
            memory::read(&memory::file(&self.folder().ok()?, &self.fingerprint(), what))?;
        known.stamps.hold().then_some(known)
    }

    fn remember(&self, turn: &Turn, what: &str, templates: Vec<String>, stock: &StockAddress) {
        if turn.stamps.settled() {
            let (stamps, socket) = (turn.stamps.clone(), stock.socket().to_owned());
            memory::clean(&turn.folder);
            let file = memory::file(&turn.folder, &self.fingerprint(), what);
            memory::write(&file, &Known { stamps, templates, socket });
        }
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
        let (project, parameters) = self.read(&turn.settings, &turn.project)?;
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

    fn read(&self, settings: &CrateSettings, folder: &Path) -> Result<(Project, Parameters)> {
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
