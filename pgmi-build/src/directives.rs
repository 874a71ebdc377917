//! What a build script tells Cargo
//! ([build scripts](https://doc.rust-lang.org/cargo/reference/build-scripts.html#outputs-of-the-build-script)).

use std::path::Path;

use pgmi_engine::diagnostic::{Diagnostic, render};

/// Environment variables that decide about the result.
pub(crate) const VARIABLES: [&str; 3] = ["PGMI_SERVER", "PGMI_LOCKED", "PGMI_CACHE_DIR"];

/// When to run again. Cargo follows a folder into its depth, so one line covers files that change, come and
/// go. A folder that is missing makes the script run each time, until it is there.
pub(crate) fn again<'a>(paths: impl IntoIterator<Item = &'a Path>) {
    for path in paths {
        println!("cargo::rerun-if-changed={}", path.display());
    }
}

/// An error of the build. A directive is one line, so each rendered line is an error of its own: Cargo shows them
/// one below the other.
pub(crate) fn error(finding: &Diagnostic) -> String {
    let text = for_compiler(finding);
    text.lines().map(|line| format!("cargo::error={line}")).collect::<Vec<_>>().join("\n")
}

/// A finding for those who say "error" themselves, as the compiler does.
pub(crate) fn for_compiler(finding: &Diagnostic) -> String {
    let rendered = render::render(finding, false);
    rendered.strip_prefix("error").unwrap_or(&rendered).to_owned()
}
