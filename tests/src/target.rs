//! Folders of this build.

use std::path::PathBuf;

/// `target/<profile>`: where this test binary's siblings lie.
pub fn profile_directory() -> PathBuf {
    let this = std::env::current_exe().expect("a test binary knows its path");
    let deps = this.parent().expect("a test binary lies in a folder");
    deps.parent().filter(|_| deps.ends_with("deps")).unwrap_or(deps).to_owned()
}

/// A folder of the build that outlives a test, `target/<profile>/pgmi-tests`.
pub fn scratch() -> PathBuf {
    let folder = profile_directory().join("pgmi-tests");
    std::fs::create_dir_all(&folder).expect("the target folder can be written");
    folder
}
