//! Which files a project has. Folders that are left out are not entered.

use std::path::Path;
#[cfg(feature = "postgres")]
use std::path::PathBuf;

use ignore::{DirEntry, Walk, WalkBuilder};

use super::empty_source;
use super::path::{MAX_DEPTH, ProjectPath, is_test_directory};
use super::read::Content;
use crate::diagnostic::{Code, Diagnostic};

/// Rules for leaving files out, in the syntax of `.gitignore`, in any folder of the project.
const IGNORE_FILE: &str = ".pgmiignore";

/// A file that was found.
pub(super) struct Found {
    pub(super) path: ProjectPath,
    pub(super) content: Content,
}

/// Every regular file that belongs to the project, ordered by path; what is wrong goes into `findings`.
///
/// Left out: names that begin with a dot, `node_modules`, `__pycache__`, the root's `deploy.sql`, and
/// what a `.pgmiignore` says; and, where `only` names a folder of the root, everything outside it.
pub(super) fn walk(
    root: &Path,
    only: Option<&'static str>,
    findings: &mut Vec<Diagnostic>,
) -> Vec<Found> {
    let mut found = Vec::new();
    for file in each(root, only) {
        match file {
            Ok(file) => found.push(file),
            Err(finding) => findings.push(finding),
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// The same one by one, in no order, for who may have seen enough before the end.
pub(super) fn each(
    root: &Path,
    only: Option<&'static str>,
) -> impl Iterator<Item = Result<Found, Diagnostic>> {
    walker(root, only).filter_map(move |entry| match entry {
        Ok(entry) if entry.depth() == 0 => None,
        Ok(entry) => visit(root, &entry).transpose(),
        Err(error) => Some(Err(unreadable(root, &error))),
    })
}

fn walker(root: &Path, only: Option<&'static str>) -> Walk {
    WalkBuilder::new(root)
        .standard_filters(false)
        .hidden(true)
        .add_custom_ignore_filename(IGNORE_FILE)
        .follow_links(false)
        .filter_entry(move |entry| !is_left_out(entry) && !is_outside(entry, only))
        .build()
}

/// Every file and folder that a project depends on, read or not: as long as none of them changes, comes or
/// goes, the project is the same.
#[cfg(feature = "postgres")]
pub(crate) fn listing(root: &Path) -> Vec<PathBuf> {
    let mut all = vec![root.join("deploy.sql")];
    for entry in walker(root, None).flatten() {
        if entry.file_type().is_some_and(|kind| kind.is_dir()) {
            all.push(entry.path().join(IGNORE_FILE));
        }
        all.push(entry.into_path());
    }
    all
}

fn is_outside(entry: &DirEntry, only: Option<&str>) -> bool {
    entry.depth() == 1 && only.is_some_and(|folder| entry.file_name() != folder)
}

fn is_left_out(entry: &DirEntry) -> bool {
    let is_directory = entry.file_type().is_some_and(|kind| kind.is_dir());
    let name = entry.file_name();
    match entry.depth() {
        0 => false,
        1 if !is_directory && name.eq_ignore_ascii_case("deploy.sql") => true,
        _ => name == "node_modules" || name == "__pycache__",
    }
}

fn visit(root: &Path, entry: &DirEntry) -> Result<Option<Found>, Diagnostic> {
    let Some(kind) = entry.file_type() else { return Ok(None) };
    let path = project_path(root, entry.path())?;
    if kind.is_symlink() {
        return Err(symlink(&path));
    }
    if kind.is_dir() {
        return check_directory(&path).map(|()| None);
    }
    Ok(kind.is_file().then(|| Found { path, content: Content::OnDisk(entry.path().to_owned()) }))
}

fn project_path(root: &Path, location: &Path) -> Result<ProjectPath, Diagnostic> {
    let relative = location.strip_prefix(root).unwrap_or(location);
    let mut parts = Vec::new();
    for part in relative {
        parts.push(part.to_str().ok_or_else(|| bad_name(location, "is not valid UTF-8"))?);
    }
    checked_path(&parts, location)
}

/// The path with these parts, when a session can hold it; `location` is how the user knows it.
pub(super) fn checked_path(parts: &[&str], location: &Path) -> Result<ProjectPath, Diagnostic> {
    for part in parts {
        if part.contains('\\') {
            return Err(bad_name(location, "contains a backslash"));
        }
        if part.trim().is_empty() {
            return Err(bad_name(location, "is blank"));
        }
    }
    if parts.len() > MAX_DEPTH + 1 {
        return Err(bad_name(location, "lies more than 100 folders deep"));
    }
    Ok(ProjectPath::new(&parts.join("/")))
}

/// `__name__` folders have a meaning; one that nobody knows is a misspelling.
pub(super) fn check_directory(path: &ProjectPath) -> Result<(), Diagnostic> {
    let name = path.name();
    let dunder = name.len() > 4 && name.starts_with("__") && name.ends_with("__");
    if !dunder || is_test_directory(name) {
        return Ok(());
    }
    let message = format!("folder `{}` has the reserved form `__name__`: {name}", path.as_str());
    Err(Diagnostic::error(Code::DunderDirectory, message).help(
        "only __test__ and __tests__ have a meaning: rename the folder, or list it in .pgmiignore",
    ))
}

fn symlink(path: &ProjectPath) -> Diagnostic {
    let message = format!("refusing to read symlink `{}`", path.as_str());
    Diagnostic::error(Code::FileSymlink, message)
        .note("a link could lead out of the project, and its target's content into the database")
        .help("put the file itself there, or list the link in .pgmiignore")
}

pub(super) fn bad_name(location: &Path, problem: &str) -> Diagnostic {
    let message = format!("the name of `{}` {problem}", location.display());
    Diagnostic::error(Code::FileName, message).help("rename it, or list it in .pgmiignore")
}

fn unreadable(root: &Path, error: &ignore::Error) -> Diagnostic {
    let finding =
        Diagnostic::error(Code::FileUnreadable, format!("cannot read the project: {error}"));
    finding
        .at(&empty_source(&root.display().to_string()), 0..0, "")
        .help("make it readable, or list it in .pgmiignore")
}
