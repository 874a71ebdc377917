//! Tells builds of pgmi apart whose answers may differ, beyond their version.

use std::fs;
use std::path::Path;

use super::file;

/// Empty for a release, which is what it says it is, wherever and however often it is built; a commit for
/// Cargo's copy of a repository; a sum for sources that `cargo vendor` wrote. Sources in any other folder may be
/// in the making: they change with every build of `program`.
pub(super) fn described(program: Option<&Path>) -> String {
    of_sources(env!("CARGO_MANIFEST_DIR")).unwrap_or_else(|| of_program(program))
}

/// What cannot change without this changing, too; none where there is no such thing.
fn of_sources(folder: &str) -> Option<String> {
    let path = folder.replace('\\', "/");
    if path.contains("/registry/src/") {
        return Some(String::new());
    }
    if let Some((_, commit)) = path.split_once("/git/checkouts/") {
        return Some(commit.to_owned());
    }
    let sums = fs::read_to_string(Path::new(folder).join(".cargo-checksum.json")).ok()?;
    Some(format!("vendored {}", file::hash(&sums)))
}

fn of_program(program: Option<&Path>) -> String {
    let found = program.and_then(|it| fs::metadata(it).ok());
    let described = |it: fs::Metadata| format!("{} {:?}", it.len(), it.modified().ok());
    found.map(described).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_release_is_the_same_wherever_it_is_built() {
        let of = |folder: &str| of_sources(folder);
        assert_eq!(of("/home/me/.cargo/registry/src/index/pgmi-engine-0.1.0"), Some(String::new()));
        assert_eq!(of(r"C:\me\.cargo\registry\src\index\pgmi-engine-0.1.0"), Some(String::new()));
        let commit = of("/home/me/.cargo/git/checkouts/pgmi-0f2c/a1b2c3d/pgmi-engine");
        assert_eq!(commit.as_deref(), Some("pgmi-0f2c/a1b2c3d/pgmi-engine"));
        assert_ne!(commit, of("/home/me/.cargo/git/checkouts/pgmi-0f2c/b1b2c3d/pgmi-engine"));
    }

    #[test]
    fn vendored_sources_are_known_by_their_sums() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().to_str().unwrap();
        assert_eq!(of_sources(path), None);
        fs::write(folder.path().join(".cargo-checksum.json"), r#"{"files":{}}"#).unwrap();
        let before = of_sources(path);
        assert!(before.is_some());
        fs::write(folder.path().join(".cargo-checksum.json"), r#"{"files":{"a":"b"}}"#).unwrap();
        assert_ne!(before, of_sources(path));
    }

    #[test]
    fn sources_in_a_folder_change_with_the_program() {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("program");
        fs::write(&program, "1").unwrap();
        let before = described(Some(&program));
        assert_eq!(before, described(Some(&program)));
        fs::write(&program, "12").unwrap();
        assert_ne!(before, described(Some(&program)));
    }
}
