//! What a new project begins with. The files lie in `templates/` of this crate, where they can be read,
//! deployed and tested as they are.

mod ground;

pub use ground::Ground;

use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::{Error, Result};

/// A way to begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Template {
    pub name: &'static str,
    /// One line.
    pub summary: &'static str,
    /// What it does to the crate beside the project, a line each; nothing where it needs none.
    pub crate_changes: &'static [&'static str],
    /// The files of the project.
    pub files: &'static [TemplateFile],
}

/// A file of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TemplateFile {
    /// From the project's folder, with `/` between.
    pub path: &'static str,
    /// What it is there for.
    pub purpose: &'static str,
    pub text: &'static str,
}

macro_rules! files {
    ($folder:literal: $($path:literal $(from $stored:literal)? => $purpose:literal,)+) => {
        &[$(TemplateFile {
            path: $path,
            purpose: $purpose,
            text: include_str!(concat!(
                env!("CARGO_MANIFEST_DIR"), "/templates/", $folder, "/", files!(@stored $path $($stored)?)
            )),
        }),+]
    };
    (@stored $path:literal $stored:literal) => { $stored };
    (@stored $path:literal) => { $path };
}

const BASIC: &[TemplateFile] = files! { "basic":
    "deploy.sql" => "the deployment: a ledger of migrations, functions, tests as the gate",
    "pgmi.yaml" => "defaults: connection, parameters, timeout",
    "migrations/001_notes.sql" => "a first table",
    "functions/add_note.sql" => "a first function",
    "queries/notes_by_author.sql" => "a first query",
    "__test__/_setup.sql" => "what the tests start from",
    "__test__/test_add_note.sql" => "a first test",
    "README.md" => "what is where, and the commands",
    // Under its own name it would hold for this repository, too.
    ".gitignore" from "gitignore" => "keeps .env out of the repository",
};

const APP: &[&str] = &[
    "Cargo.toml: the dependencies pgmi and tokio, the build dependency pgmi-build; what is there stays",
    "build.rs: checks the project and makes typed functions of its queries; an existing one stays",
];

/// The `build.rs` of a crate that begins with the template `app`.
pub const BUILD_SCRIPT: &str = include_str!("../../templates/app/build.rs");

/// A program that runs the first query.
pub const PROGRAM: &str = include_str!("../../templates/app/main.rs");

/// The first is the one for everybody.
pub const TEMPLATES: [Template; 2] = [
    Template {
        name: "basic",
        summary: "a database project: migrations, functions, SQL tests, a query",
        crate_changes: &[],
        files: BASIC,
    },
    Template {
        name: "app",
        summary: "the same beside a crate, whose build makes typed functions of the queries",
        crate_changes: APP,
        files: BASIC,
    },
];

impl Template {
    /// The template of this name.
    ///
    /// # Errors
    /// [`Code::Usage`].
    pub fn named(name: &str) -> Result<Self> {
        let found = TEMPLATES.into_iter().find(|template| template.name == name);
        found.ok_or_else(|| unknown(name))
    }
}

fn unknown(name: &str) -> Error {
    let names = || TEMPLATES.iter().map(|template| template.name);
    let finding = Diagnostic::error(Code::Usage, format!("there is no template `{name}`"));
    let known = || names().collect::<Vec<_>>().join(", ");
    match nearest(name, names()) {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => finding.help(format!("templates: {}", known())),
    }
    .into()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::project::{OpenOptions, Project};

    #[test]
    fn no_file_of_the_folder_is_forgotten() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/basic");
        let project = Project::open(&folder, &OpenOptions::default()).unwrap();
        assert_eq!(project.file_count() + 1, BASIC.len());
    }

    #[test]
    fn names_are_found_or_suggested() {
        assert_eq!(Template::named("app").unwrap().name, "app");
        let error = Template::named("basci").unwrap_err();
        assert_eq!(error.code(), Code::Usage);
        assert_eq!(error.primary().help, ["did you mean `basic`?"]);
    }
}
