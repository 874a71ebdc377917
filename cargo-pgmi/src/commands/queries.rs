//! What `check`, `generate` and `explain` share: what they read, and whom they ask.

use std::path::PathBuf;

use clap::Args;
use pgmi_engine::analysis::{AnalyseRequest, analyse};
use pgmi_engine::check::{
    Cache, FileChange, Files, Proof, Source, Subject, compare, loose, misspelt_types, unasked,
};
use pgmi_engine::cluster::ServerRequest;
use pgmi_engine::diagnostic::Diagnostic;
use pgmi_engine::inline::Inline;
use pgmi_engine::project::{Parameters, Texts};
use pgmi_engine::{Error, Result};

use crate::arguments::{ParameterArguments, parse_major, project_folder, server_request};
use crate::crate_settings::Crate;
use crate::environment::{Variables, cache, places};
use crate::rust_sources::inline_queries;
use crate::signals::Signals;

/// Which project, and which PostgreSQL is asked about it
#[derive(Args, Clone, Debug)]
pub struct QueryArguments {
    /// Major version of the PostgreSQL that is asked; that of [package.metadata.pgmi] by default
    #[arg(long, value_name = "MAJOR", value_parser = parse_major)]
    postgres: Option<u16>,
    /// Folder of the queries; `queries` of the project by default
    #[arg(long, value_name = "FOLDER")]
    queries: Option<PathBuf>,
    #[command(flatten)]
    parameters: ParameterArguments,
}

/// A project that was read, and where it is asked about.
pub struct Queries {
    pub subject: Subject,
    /// Those of Rust files.
    pub inline: Inline,
    server: ServerRequest,
    cache: Option<Cache>,
    folder: PathBuf,
    queries: Option<PathBuf>,
    here: Crate,
}

impl QueryArguments {
    /// Reads the project.
    ///
    /// # Errors
    /// It cannot be read. What is wrong with single queries is in the result.
    pub fn read(&self, project: Option<&PathBuf>) -> Result<Queries> {
        let here = Crate::here()?;
        let folder = project_folder(project.map(PathBuf::as_path))?;
        let queries = self.queries.clone().or_else(|| here.queries());
        let mut parameters = Parameters::default();
        parameters.extend(&here.settings.parameters)?;
        self.parameters.add_to(&mut parameters)?;
        let server = server_request(&here, places())?;
        let inline = inline_queries(&folder, &here)?;
        let subject = Subject::read(Source {
            folder: &folder,
            queries: queries.as_deref(),
            inline: inline.folder(),
            parameters: &parameters,
            major: self.postgres.or(server.major),
            open: Variables::of(&folder).open_options()?,
        })?;
        let cache = cache(&server.places);
        Ok(Queries { subject, inline, server, cache, folder, queries, here })
    }
}

impl Queries {
    /// What PostgreSQL says of them.
    ///
    /// # Errors
    /// There is no server, or the project cannot be deployed.
    pub fn analyse(&self, signals: &Signals) -> Result<Proof> {
        analyse(&self.request(), signals.begin_work())
    }

    /// The same for whoever wants to know all that is wrong: when PostgreSQL cannot be asked, the error tells
    /// also what is seen without it.
    ///
    /// # Errors
    /// As [`Queries::analyse`].
    pub fn prove(&self, signals: &Signals) -> Result<Proof> {
        self.analyse(signals).or_else(|error| {
            let seen = unasked(&self.subject.files).into_iter();
            let mut all = error.diagnostics().to_vec();
            all.extend(seen.map(|finding| self.inline.located(finding)));
            Error::check(all)?;
            Err(error)
        })
    }

    /// Everything that is wrong with them, and with what the crate says about them; also warnings.
    pub fn findings(&self, proof: &Proof) -> Vec<Diagnostic> {
        let (files, types) = (&self.subject.files, &self.here.settings.types);
        let mut findings = match types.is_empty() {
            true => Vec::new(),
            false => misspelt_types(types, self.here.manifest().as_ref(), files, proof),
        };
        findings.extend(compare(files, proof).into_iter().map(|it| self.inline.located(it)));
        findings.extend(loose(files, proof));
        findings
    }

    pub fn request(&self) -> AnalyseRequest<'_> {
        AnalyseRequest { subject: &self.subject, server: &self.server, cache: self.cache.as_ref() }
    }

    /// Knows the committed files again, after some were written.
    pub fn take(&mut self, changes: &[FileChange], proof: &Proof) {
        let files = &mut self.subject.files;
        if let (Some(cache), true) =
            (&self.cache, changes.iter().any(|it| it.path == files.lock_path))
        {
            cache.attest(proof.lock_text());
        }
        match changes {
            [] => {}
            // The most usual change by far.
            [lock] if lock.path == files.lock_path => files.take_lock(proof),
            _ => {
                let queries = self.queries.as_deref();
                *files = Files::read(&self.folder, queries, self.inline.folder(), Texts::default());
            }
        }
    }
}
