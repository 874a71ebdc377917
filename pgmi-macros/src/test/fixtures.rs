//! Where the files of `fixtures("…")` are.

use std::path::{Component, Path, PathBuf};

use syn::{Error, LitStr, Result};

use super::options::Options;

/// The file of a fixture, from the crate's folder.
///
/// A name is that of a file in `fixtures/` beside the source file, else in `fixtures/` of the project; without
/// an extension it is SQL, else CSV. With a slash it is a path from the source file.
pub(super) fn find(name: &LitStr, options: &Options) -> Result<String> {
    let root = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let source = proc_macro::Span::call_site().local_file();
    let beside =
        source.as_deref().and_then(Path::parent).map_or_else(|| root.join("tests"), absolute);
    let project = options.project.as_ref().map_or_else(|| "db".to_owned(), LitStr::value);
    let candidates = candidates(&name.value(), &beside, &root.join(project));
    let found = candidates.iter().find(|it| it.is_file()).ok_or_else(|| {
        let shown = candidates.iter().map(|it| below(&root, it));
        let message = format!("no such fixture: {}", shown.collect::<Vec<_>>().join(", "));
        Error::new(name.span(), message)
    })?;
    Ok(below(&root, found))
}

fn candidates(name: &str, beside: &Path, project: &Path) -> Vec<PathBuf> {
    let folders = match name.contains('/') {
        true => vec![beside.to_owned()],
        false => vec![beside.join("fixtures"), project.join("fixtures")],
    };
    let is_whole = Path::new(name).extension().is_some_and(|it| it == "sql" || it == "csv");
    let ends: &[&str] = if is_whole { &[""] } else { &[".sql", ".csv"] };
    let files =
        folders.iter().flat_map(|it| ends.iter().map(|end| it.join(format!("{name}{end}"))));
    files.map(|it| plain(&it)).collect()
}

/// The compiler names sources from its own working directory.
fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

fn below(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).display().to_string()
}

/// Without `..`, so that a path can be told from the crate's folder.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if plain.file_name().is_some() => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_looked_for_and_paths_are_taken() {
        let at = |name| {
            let found = candidates(name, Path::new("/c/tests"), Path::new("/c/db"));
            found.iter().map(|it| it.display().to_string()).collect::<Vec<_>>()
        };
        assert_eq!(
            at("albums"),
            [
                "/c/tests/fixtures/albums.sql",
                "/c/tests/fixtures/albums.csv",
                "/c/db/fixtures/albums.sql",
                "/c/db/fixtures/albums.csv"
            ]
        );
        assert_eq!(at("../data/music.albums.csv"), ["/c/data/music.albums.csv"]);
        assert_eq!(at("a.csv"), ["/c/tests/fixtures/a.csv", "/c/db/fixtures/a.csv"]);
        assert_eq!(at("music.albums").len(), 4, "a dot is part of a table's name");
    }
}
