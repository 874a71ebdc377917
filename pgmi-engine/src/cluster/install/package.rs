//! Which package holds the binaries for this machine, and how its versions are ordered.

use crate::cluster::places::numbers;

/// The name of this platform in `@embedded-postgres/<platform>`, where there is a package for it.
pub(in crate::cluster) fn platform() -> Option<&'static str> {
    platform_of(std::env::consts::OS, std::env::consts::ARCH)
}

fn platform_of(os: &str, arch: &str) -> Option<&'static str> {
    match (os, arch) {
        ("linux", "x86_64") => Some("linux-x64"),
        ("linux", "aarch64") => Some("linux-arm64"),
        ("macos", "x86_64") => Some("darwin-x64"),
        ("macos", "aarch64") => Some("darwin-arm64"),
        ("windows", "x86_64") => Some("windows-x64"),
        _ => None,
    }
}

/// The newest version of a PostgreSQL major among those published.
pub(super) fn newest(versions: &[String], major: u16) -> Option<String> {
    let of_major = versions.iter().filter(|version| self::major(version) == Some(major));
    of_major.max_by_key(|version| order(version)).cloned()
}

/// `18.4.0-beta.17` → 18.
pub(super) fn major(version: &str) -> Option<u16> {
    version.split_once('.')?.0.parse().ok()
}

/// By the numbers of the version, then a release over its `-beta`, a beta over an `-alpha`, then
/// the number of the prerelease.
pub(super) fn order(version: &str) -> (Vec<u32>, bool, String, Vec<u32>) {
    let (release, prerelease) = match version.split_once('-') {
        Some((release, prerelease)) => (release, Some(prerelease)),
        None => (version, None),
    };
    let (stage, number) = prerelease.and_then(|it| it.split_once('.')).unwrap_or_default();
    (
        numbers(release).unwrap_or_default(),
        prerelease.is_none(),
        stage.to_owned(),
        numbers(number).unwrap_or_default(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_of_a_major_is_chosen_by_number() {
        let published = [
            "14.3.0-alpha.21",
            "14.3.0-beta.6",
            "17.10.0-beta.17",
            "17.9.0-beta.16",
            "17.9.0-beta.17",
            "18.1.0-beta.15",
            "18.4.0-beta.9",
            "18.4.0-beta.17",
            "18.0.0",
        ]
        .map(String::from);
        assert_eq!(newest(&published, 18).as_deref(), Some("18.4.0-beta.17"));
        assert_eq!(newest(&published, 17).as_deref(), Some("17.10.0-beta.17"));
        assert_eq!(newest(&published, 14).as_deref(), Some("14.3.0-beta.6"));
        assert_eq!(newest(&published, 16), None);
    }

    #[test]
    fn a_release_comes_after_its_prereleases() {
        assert!(order("18.0.0") > order("18.0.0-beta.99"));
        assert!(order("18.0.0-beta.1") > order("18.0.0-alpha.99"));
    }

    #[test]
    fn platforms_without_packages_are_known() {
        assert_eq!(platform_of("linux", "aarch64"), Some("linux-arm64"));
        assert_eq!(platform_of("linux", "riscv64"), None);
        assert_eq!(platform_of("freebsd", "x86_64"), None);
    }
}
