//! `compile()`: project and sources in, bindings in `OUT_DIR` out.

use std::path::{Path, PathBuf};

use pgmi_engine::check::{Source, Subject, compare, is_about_committed_files, resolve};
use pgmi_engine::codegen::{Binding, Settings, bindings};
use pgmi_engine::diagnostic::{Code, Diagnostic, render};
use pgmi_engine::manifest::CrateSettings;
use pgmi_engine::project::{OpenOptions, Parameters};
use pgmi_engine::{Error, Result};

use crate::{analysis, directives, manifest, output};

/// Where the bindings are, below `OUT_DIR`.
const BINDINGS: &str = "pgmi/queries.rs";

/// Makes the bindings and tells Cargo about it.
pub(crate) fn run(said: CrateSettings) {
    for line in directives::VARIABLES {
        println!("cargo::rerun-if-env-changed={line}");
    }
    if let Err(error) = make(said) {
        for finding in error.diagnostics() {
            println!("{}", directives::error(finding));
        }
    }
}

fn make(said: CrateSettings) -> Result<()> {
    let folder = PathBuf::from(variable("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(variable("OUT_DIR")?);
    println!("cargo::rerun-if-changed=Cargo.toml");
    let manifest = manifest::read(&folder)?;
    let settings = merged(manifest.settings, said);
    let project = settings.project.clone().unwrap_or_else(|| PathBuf::from("db"));
    for line in directives::rerun(&project) {
        println!("{line}");
    }
    let text = text(&project, &settings, manifest.features)?;
    output::write(&out.join(BINDINGS), &text).map_err(|error| unwritable(&out, &error))
}

fn text(project: &Path, settings: &CrateSettings, features: Vec<String>) -> Result<String> {
    let mut parameters = Parameters::default();
    parameters.extend(&settings.parameters)?;
    let subject = Subject::read(Source {
        folder: project,
        queries: settings.queries.as_deref(),
        inline: Vec::new(),
        parameters: &parameters,
        major: settings.postgres,
        open: OpenOptions::default(),
    })?;
    let locked = std::env::var_os("PGMI_LOCKED").is_some_and(|it| !it.is_empty() && it != "0");
    let proof = analysis::proof(&subject, settings, locked)?;
    let resolved = resolve(&subject.files, &proof);
    let named: Vec<_> = resolved
        .queries
        .iter()
        .map(|it| Binding { query: &it.query, signature: &it.signature })
        .collect();
    let settings =
        Settings { features, types: settings.types.clone(), derives: settings.derives.clone() };
    let mut text = bindings(&named, &resolved.types, &settings);
    let findings = compare(&subject.files, &proof);
    let matters = |it: &&Diagnostic| locked || !is_about_committed_files(it);
    findings.iter().filter(matters).for_each(|it| text.push_str(&compile_error(it)));
    Ok(text)
}

/// A query's error is one of the compiler: the other bindings are there, and all errors are shown.
fn compile_error(finding: &Diagnostic) -> String {
    let rendered = render::render(finding, false);
    // The compiler says "error" itself.
    let message = rendered.strip_prefix("error").unwrap_or(&rendered);
    format!("\n::core::compile_error!({message:?});\n")
}

/// What the build script says wins.
fn merged(mut settings: CrateSettings, said: CrateSettings) -> CrateSettings {
    settings.project = said.project.or(settings.project);
    settings.queries = said.queries.or(settings.queries);
    settings.postgres = said.postgres.or(settings.postgres);
    settings.parameters.extend(said.parameters);
    settings.types.extend(said.types);
    settings.derives.extend(said.derives);
    settings
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
