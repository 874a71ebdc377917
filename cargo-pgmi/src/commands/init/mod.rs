//! `cargo pgmi init`: a project that deploys, passes its tests and can be built upon.

mod build_script;
pub(super) mod dependencies;
mod package;
mod step;

use std::path::{Path, PathBuf};

use clap::Args;
use pgmi_engine::Result;
use pgmi_engine::diagnostic::{Code, Diagnostic};
use pgmi_engine::template::{Ground, PROGRAM, Template, TemplateFile};

use self::package::Package;
use self::step::{Action, Step};
use crate::output::{MessageFormat, Output};
use crate::whole_file;

/// Begin a project
///
/// Writes a small project that deploys, with a ledger of migrations, a function, a query and SQL tests. The template
/// `app` does so beside a crate, and changes the crate's Cargo.toml and build.rs so that it is built with typed
/// functions of its queries; where there is a project already, only the crate is changed. What is there is never
/// written over: run it again to have what is missing.
#[derive(Args)]
#[command(after_help = HELP)]
pub struct Init {
    /// The project's folder, empty or new [default: db beside a crate's Cargo.toml, else this folder]
    folder: Option<PathBuf>,
    /// What to begin with: basic, app [default: app in a crate, else basic]
    #[arg(short, long, value_name = "NAME")]
    template: Option<String>,
    /// Let the crate depend on the pgmi of this clone rather than on the published one
    #[arg(long, value_name = "FOLDER")]
    pgmi: Option<PathBuf>,
}

const HELP: &str = "\
Examples:
  cargo pgmi init                                    # in a crate db/, Cargo.toml and build.rs
  cargo pgmi init shop                               # a database project in shop/
  cargo pgmi init db --template app                  # beside the crate that db/ is in
  cargo pgmi templates describe app                  # what would be written

Exit codes: 0 done; 1 a file cannot be written; 2 the folder has other files, there is no such
template, or no crate for `app`; 10 Cargo.toml is wrong.";

impl Init {
    /// Writes, and says what was written and what to do next.
    ///
    /// # Errors
    /// [`Code::Usage`] where it cannot begin; [`Code::Io`].
    pub fn run(&self, output: &Output) -> Result<()> {
        let package = self.package()?;
        let template = match (&self.template, &package) {
            (Some(name), _) => Template::named(name)?,
            (None, Some(_)) => Template::named("app")?,
            (None, None) => Template::named("basic")?,
        };
        let package = match template.crate_changes {
            [] => None,
            _ => Some(package.ok_or_else(no_crate)?),
        };
        let folder = self.folder(package.as_ref())?;
        let ground = template.ground(&folder)?;
        let mut steps = Vec::new();
        match (&ground, &package) {
            (Ground::Free, _) => steps.extend(lay(&template, &folder)?),
            (Ground::Project, Some(_)) => {
                steps.push(Step::kept(&folder, "a project is there already"));
            }
            (Ground::Project, None) => return Err(is_project(&folder).into()),
            (Ground::Occupied(what), _) => return Err(occupied(&folder, what).into()),
        }
        let mut todo = Vec::new();
        if let Some(package) = &package {
            let source = dependencies::Source::find(self.pgmi.as_deref())?;
            let added = dependencies::add(package, &folder, &source)?;
            // What was there before may be another clone, or none.
            if added.iter().any(|step| step.action == Action::Updated) {
                todo.extend(source.remark());
            }
            steps.extend(added);
            let (step, left) = build_script::write(package)?;
            steps.push(step);
            todo.extend(left);
        }
        for step in &steps {
            step.tell(output)?;
        }
        if output.format == MessageFormat::Human {
            let is_new = ground == Ground::Free;
            output.line(&next(&folder, package.is_some(), is_new, &todo));
        }
        Ok(())
    }

    /// The crate that the project would be beside; none where nobody needs it.
    fn package(&self) -> Result<Option<Package>> {
        match self.template.as_deref() {
            Some("basic") => Ok(None),
            // Named without a template: a folder of one's own, unless it is below a crate's.
            _ => Package::around(self.folder.as_deref().unwrap_or_else(|| Path::new("."))),
        }
    }

    fn folder(&self, package: Option<&Package>) -> Result<PathBuf> {
        match (&self.folder, package) {
            (Some(folder), _) => Ok(folder.clone()),
            (None, Some(package)) => package.project(),
            (None, None) => Ok(PathBuf::from(".")),
        }
    }
}

/// Writes what is missing of the template's files.
fn lay(template: &Template, folder: &Path) -> Result<Vec<Step>> {
    let lay = |file: &TemplateFile| {
        let path = if folder == Path::new(".") { file.path.into() } else { folder.join(file.path) };
        if path.exists() {
            let same = std::fs::read_to_string(&path).is_ok_and(|text| text == file.text);
            return Ok(Step::kept(&path, if same { "as it was written" } else { "it is yours" }));
        }
        whole_file::write(&path, file.text)?;
        Ok(Step { action: Action::Written, path, remark: file.purpose.into() })
    };
    template.files.iter().map(lay).collect()
}

fn next(folder: &Path, is_app: bool, is_new: bool, todo: &[String]) -> String {
    let place = match folder.to_str() {
        Some("." | "db") | None => String::new(),
        Some(place) if place.contains(char::is_whitespace) => format!(" '{place}'"),
        Some(place) => format!(" {place}"),
    };
    let mut lines = vec![String::new()];
    lines.extend(todo.iter().cloned());
    lines.push("Next:".into());
    let deploy = format!("cargo pgmi deploy{place} --throwaway");
    lines.push(format!("  {deploy:<44} # try it: nothing is left behind"));
    let test = format!("cargo pgmi test{place}");
    lines.push(format!("  {test:<44} # the SQL tests alone"));
    lines.push(match is_app {
        true => {
            format!("  {:<44} # asks a throwaway PostgreSQL what the queries are", "cargo build")
        }
        false => {
            let generate = format!("cargo pgmi generate{place}");
            format!("  {generate:<44} # what each query takes and returns; commit it")
        }
    });
    if is_app && is_new {
        lines.push("\nA program that runs the first query, src/main.rs for instance:\n".into());
        let indented =
            |line: &str| if line.is_empty() { String::new() } else { format!("    {line}") };
        lines.extend(PROGRAM.lines().map(indented));
    }
    lines.join("\n")
}

fn no_crate() -> Diagnostic {
    Diagnostic::error(Code::Usage, "the template `app` needs a crate, and there is none here")
        .help("make one with `cargo init`, or stand in a member of the workspace")
        .help("or begin without: --template basic")
}

fn is_project(folder: &Path) -> Diagnostic {
    let message = format!("`{}` is a project already", folder.display());
    Diagnostic::error(Code::Usage, message)
        .note("nothing was changed")
        .help("see what it consists of: cargo pgmi info")
        .help("build a crate with it: cargo pgmi init --template app, in the crate")
}

fn occupied(folder: &Path, what: &str) -> Diagnostic {
    let message = format!("`{}` is not empty: there is `{what}`", folder.display());
    Diagnostic::error(Code::Usage, message)
        .note("nothing was changed")
        .help("name a folder that is empty, or that does not exist yet: cargo pgmi init db")
}
