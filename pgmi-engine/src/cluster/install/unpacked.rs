//! What an unpacked package still lacks: its symbolic links, and permissions for everybody.

use std::fs;
use std::path::{Component, Path, PathBuf};

use serde::Deserialize;

use super::{cannot_write, failed};
use crate::Result;

/// One link that a package could not hold, as paths from the package's root.
#[derive(Deserialize)]
struct Link {
    source: PathBuf,
    target: PathBuf,
}

/// Makes the folder `native` of a package a complete installation; returns its path.
pub(super) fn complete(package: &Path) -> Result<PathBuf> {
    let root = package.join("native");
    for link in links(&root)? {
        make(package, &link)?;
    }
    open_to_all(&root).map_err(|error| cannot_write(&root, &error))?;
    Ok(root)
}

fn links(root: &Path) -> Result<Vec<Link>> {
    let list = root.join("pg-symlinks.json");
    match fs::read(&list) {
        Ok(text) => serde_json::from_slice(&text)
            .map_err(|error| failed(format!("{}: {error}", list.display()))),
        // A platform without links has no list.
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(failed(format!("cannot read {}: {error}", list.display()))),
    }
}

fn make(package: &Path, link: &Link) -> Result<()> {
    let inside = |path: &Path| path.components().all(|it| matches!(it, Component::Normal(_)));
    if !inside(&link.source) || !inside(&link.target) {
        return Err(failed(format!(
            "the package links {} outside of itself",
            link.target.display()
        )));
    }
    let target = package.join(&link.target);
    if target.symlink_metadata().is_ok() {
        return Ok(());
    }
    place(package, link, &target).map_err(|error| cannot_write(&target, &error))
}

/// A relative link, because the folder is renamed after this.
#[cfg(unix)]
fn place(_package: &Path, link: &Link, target: &Path) -> std::io::Result<()> {
    std::os::unix::fs::symlink(relative(&link.source, &link.target), target)
}

/// How a link at `target` spells `source`: up to the last folder they share, then down.
#[cfg(unix)]
fn relative(source: &Path, target: &Path) -> PathBuf {
    let shared = source.components().zip(target.components()).take_while(|(a, b)| a == b).count();
    let up = target.components().skip(shared + 1).map(|_| Component::ParentDir);
    up.chain(source.components().skip(shared)).collect()
}

/// Links need a privilege on other systems; a copy does the same.
#[cfg(not(unix))]
fn place(package: &Path, link: &Link, target: &Path) -> std::io::Result<()> {
    fs::copy(package.join(&link.source), target).map(drop)
}

/// The server may run as another user than the one who installs, whose umask may be strict.
#[cfg(unix)]
fn open_to_all(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;

    let metadata = path.symlink_metadata()?;
    if metadata.is_symlink() {
        return Ok(());
    }
    let program = path.parent().is_some_and(|folder| folder.ends_with("bin"));
    let add = if metadata.is_dir() || program { 0o755 } else { 0o644 };
    fs::set_permissions(path, fs::Permissions::from_mode(metadata.permissions().mode() | add))?;
    if metadata.is_dir() {
        for entry in fs::read_dir(path)? {
            open_to_all(&entry?.path())?;
        }
    }
    Ok(())
}

#[cfg(not(unix))]
fn open_to_all(_path: &Path) -> std::io::Result<()> {
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn links_survive_a_rename() {
        let package = std::env::temp_dir().join(format!("pgmi-links-{}", std::process::id()));
        let library = package.join("native/lib");
        fs::create_dir_all(&library).unwrap();
        fs::write(library.join("libpq.so.5.18"), "x").unwrap();
        let list = r#"[{"source": "native/lib/libpq.so.5.18", "target": "native/lib/libpq.so"}]"#;
        fs::write(package.join("native/pg-symlinks.json"), list).unwrap();

        let root = complete(&package).unwrap();
        fs::rename(&root, package.join("native2")).unwrap();
        let link = fs::read_link(package.join("native2/lib/libpq.so")).unwrap();
        assert_eq!(link, Path::new("libpq.so.5.18"), "the link does not depend on the folder");
        fs::remove_dir_all(&package).unwrap();
    }

    #[test]
    fn a_link_out_of_the_package_is_refused() {
        let link = Link { source: "../../etc/passwd".into(), target: "native/x".into() };
        assert!(make(Path::new("/nonexistent"), &link).is_err());
    }
}
