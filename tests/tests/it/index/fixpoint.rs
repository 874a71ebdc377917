//! Every project of `tests` and `examples`: what the analysis emits can be applied, and after that it has nothing to say.

use std::path::{Path, PathBuf};

use pgmi_tests::{Project, cases, schema};

use super::solve::{analyse, statements};

/// The newest: what differs from major to major is seen with the cases. A project of pGenie says its own.
const MAJOR: u16 = 18;
const OF_PGENIE: u16 = 15;

/// Deploying these is to fail.
const FAILING: &str = "failing-";

/// Folders with projects, from the folder of the workspace.
const ROOTS: [&str; 5] =
    ["tests/projects", "examples", "tests/bindings", "tests/ui/inline", "tests/ui/bindings"];

/// Folders with a project, somewhere below.
fn projects() -> Vec<PathBuf> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut found = Vec::new();
    for root in ROOTS {
        below(&workspace.join(root), &mut found);
    }
    found.sort();
    found
}

fn below(folder: &Path, found: &mut Vec<PathBuf>) {
    let is_project = folder.join("deploy.sql").is_file() || folder.join("migrations").is_dir();
    if is_project {
        found.push(folder.to_owned());
        return;
    }
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let folders = entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
    folders.filter(|path| !path.ends_with("target")).for_each(|path| below(&path, found));
}

/// What is left to do after what is to be done was done.
fn left(project: &Project) -> Vec<String> {
    let major = if project.join("project1.pgn.yaml").is_file() { OF_PGENIE } else { MAJOR };
    let statements = statements(&analyse(major, project));
    assert!(statements.iter().all(|it| !it.contains("drop constraint")), "{statements:?}");
    if statements.is_empty() {
        return Vec::new();
    }
    let all: String = statements.iter().map(|it| format!("{it};\n")).collect();
    match project.join("deploy.sql").is_file() {
        true => {
            let deploy = project.read("deploy.sql");
            project.write("deploy.sql", format!("{deploy}\n{all}"));
        }
        false => {
            project.write("migrations/99999999.sql", all);
        }
    }
    self::statements(&analyse(major, project))
}

#[test]
fn nothing_is_left_to_do_for_any_project() {
    let projects = projects();
    let with_queries = projects.iter().filter(|it| it.join("queries").is_dir()).count();
    assert!(projects.len() >= 15 && with_queries >= 5, "{projects:?}");
    for folder in projects {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        if name.starts_with(FAILING) || name == "failing-test" {
            continue;
        }
        let left = left(&Project::copy_of(folder.to_str().unwrap()));
        assert_eq!(left, [""; 0], "{}", folder.display());
    }
}

#[test]
fn nothing_is_left_to_do_for_the_queries_that_are_described() {
    let project = Project::new([("migrations/1.sql", schema())]);
    for case in cases().iter().filter(|it| it.until >= MAJOR && it.needs.is_none()) {
        project.write(format!("queries/{}.sql", case.name), &case.text);
    }
    assert_eq!(left(&project), [""; 0]);
}
