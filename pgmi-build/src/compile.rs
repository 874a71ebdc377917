//! `compile()`: project and sources in, bindings in `OUT_DIR` out.

use std::path::{Path, PathBuf};

use pgmi_engine::check::{
    Source, Subject, compare, is_about_committed_files, misspelt_types, resolve,
};
use pgmi_engine::codegen::{Binding, Module, Settings, bindings, check_settings};
use pgmi_engine::diagnostic::{Code, Diagnostic, Severity, SourceText};
use pgmi_engine::inline::Inline;
use pgmi_engine::manifest::CrateSettings;
use pgmi_engine::project::{OpenOptions, Parameters};
use pgmi_engine::query::QueryFolder;
use pgmi_engine::{Error, Result};

use crate::inputs::Inputs;
use crate::manifest::Manifest;
use crate::said::{Said, project};
use crate::{analysis, directives, inline, manifest, output};

/// Where the bindings are, below `OUT_DIR`.
const BINDINGS: &str = "pgmi/queries.rs";

/// The folder beside it with a file for each query.
const QUERIES: &str = "queries";

/// What was found in Rust files that have not changed since, below `OUT_DIR`.
const MEMORY: &str = "pgmi/scanned.json";

/// Makes the bindings and tells Cargo about it.
pub(crate) fn run(said: &Said) {
    for line in directives::VARIABLES {
        println!("cargo::rerun-if-env-changed={line}");
    }
    if let Err(error) = make(said) {
        for finding in error.diagnostics() {
            println!("{}", directives::error(finding));
        }
    }
}

fn make(said: &Said) -> Result<()> {
    let folder = PathBuf::from(variable("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(variable("OUT_DIR")?);
    directives::again([Path::new("Cargo.toml")]);
    let Manifest { settings, mut features, mut package, workspace } =
        manifest::read(&folder, &out)?;
    directives::again(
        [workspace.as_path()].into_iter().filter(|it| *it != folder.join("Cargo.toml")),
    );
    let settings = said.over(settings)?;
    features.extend(said.features.iter().cloned());
    package.sources.clone_from(&settings.sources);
    let project = project(&settings);
    directives::again([project.as_path()].into_iter().chain(settings.queries.as_deref()));
    let places = package.places();
    let below = |path: &PathBuf| path.strip_prefix(&folder).unwrap_or(path).to_owned();
    let places: Vec<_> = places.iter().map(below).collect();
    directives::again(places.iter().map(PathBuf::as_path));
    let found = package.scan(Some(&out.join(MEMORY)));
    directives::again(
        found.files.iter().map(below).collect::<Vec<_>>().iter().map(PathBuf::as_path),
    );
    let inputs = Inputs::of(&project, &settings, &features, &found);
    if inputs.as_ref().is_ok_and(|it| it.are_known(&out)) {
        return Ok(());
    }
    Inputs::forget(&out);
    let made = Made::new(&project, &settings, features, &found)?;
    let written = made.write(&out).and_then(|()| inline::write(&out, &found, &places, &made));
    let remembered = match inputs {
        Ok(inputs) if made.is_whole => written.and_then(|()| inputs.remember(&out)),
        _ => written,
    };
    remembered.map_err(|error| unwritable(&out, &error))
}

/// What is to be written.
pub(crate) struct Made {
    /// The bindings of files.
    module: Module,
    /// What is wrong with them, as Rust that does not compile.
    errors: String,
    /// Of each query of a Rust file: its fingerprint, and its binding's signature or what is wrong with it.
    pub inline: inline::Answers,
    pub types: Vec<pgmi_engine::signature::TypeDefinition>,
    pub settings: Settings,
    /// Whether nothing is wrong with any query.
    is_whole: bool,
}

impl Made {
    fn new(
        project: &Path,
        settings: &CrateSettings,
        features: Vec<String>,
        found: &Inline,
    ) -> Result<Self> {
        let subject = subject(project, settings, found)?;
        let locked = std::env::var_os("PGMI_LOCKED").is_some_and(|it| !it.is_empty() && it != "0");
        let mut proof = analysis::proof(&subject, settings, locked)?;
        let resolved = resolve(&subject.files, &proof);
        let named = resolved
            .queries
            .iter()
            .map(|it| Binding { query: &it.query, signature: &it.signature });
        let settings =
            Settings { features, types: settings.types.clone(), derives: settings.derives.clone() };
        let mut wrong = check_settings(&settings, &resolved.types);
        let manifest = cargo_toml();
        let mapped = misspelt_types(&settings.types, manifest.as_ref(), &subject.files, &proof);
        // A build does not go into what may be right: `check` and `generate` do.
        wrong.extend(mapped.into_iter().filter(|it| it.severity == Severity::Error));
        Error::check(wrong)?;
        let module = bindings(&named.collect::<Vec<_>>(), &resolved.types, &settings);
        let inline = inline::Answers::new(&resolved.queries, &proof.refused);
        let is_answered = found.queries.iter().all(|it| inline.signature(it).is_some());
        // Those of Rust files are errors where they stand.
        proof.refused.retain(|it| it.query.name.is_some());
        let findings = compare(&subject.files, &proof);
        let matters = |it: &&Diagnostic| matters(it, locked);
        let errors: String = findings.iter().filter(matters).map(compile_error).collect();
        let is_whole = is_answered && errors.is_empty();
        Ok(Self { module, errors, inline, types: resolved.types, settings, is_whole })
    }

    fn write(&self, out: &Path) -> std::io::Result<()> {
        let text = self.module.including(|name| format!("{QUERIES}/{name}.rs"));
        let bindings = out.join(BINDINGS);
        let queries = self.module.queries.iter().map(|(name, text)| (format!("{name}.rs"), text));
        output::write_all(&bindings.with_file_name(QUERIES), &queries.collect())?;
        output::write(&bindings, &(text + &self.errors))
    }
}

/// To show what stands in it.
fn cargo_toml() -> Option<SourceText> {
    let path = PathBuf::from(variable("CARGO_MANIFEST_DIR").ok()?).join("Cargo.toml");
    let text = std::fs::read_to_string(&path).ok()?;
    Some(SourceText::new(path.display().to_string(), text))
}

fn subject(project: &Path, settings: &CrateSettings, found: &Inline) -> Result<Subject> {
    let mut parameters = Parameters::default();
    parameters.extend(&settings.parameters)?;
    Subject::read(Source {
        folder: project,
        queries: settings.queries.as_deref(),
        inline: QueryFolder { queries: found.folder().queries, findings: Vec::new() },
        parameters: &parameters,
        major: settings.postgres,
        open: OpenOptions::default(),
    })
}

/// A lock that covers everything may hold more: the queries of the project's other crates.
fn matters(finding: &Diagnostic, locked: bool) -> bool {
    match finding.code {
        Code::LockMissing | Code::LockStale => false,
        _ => locked || !is_about_committed_files(finding),
    }
}

/// A query's error is one of the compiler: the other bindings are there, and all errors are shown.
fn compile_error(finding: &Diagnostic) -> String {
    format!("\n::core::compile_error!({:?});\n", directives::for_compiler(finding))
}

fn variable(name: &str) -> Result<std::ffi::OsString> {
    std::env::var_os(name).ok_or_else(|| {
        let message = format!("{name} is not set: this is for the build script of a crate");
        Diagnostic::error(Code::Configuration, message).into()
    })
}

fn unwritable(path: &Path, error: &std::io::Error) -> Error {
    Diagnostic::error(Code::Io, format!("cannot write below `{}`: {error}", path.display())).into()
}
