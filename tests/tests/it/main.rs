//! All tests that cross crates, in one binary: one thing to link, one thing to run.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests are tests: what they cannot do fails the test"
)]

mod cluster; // Starting, sharing and ending throwaway servers, whatever happens to their users.
mod diagnostics; // Every diagnostic as its reader sees it, with a bad and a good project.
mod embedding; // embed!, pgmi-build, and what the compiler says about bad projects.
mod round_trips; // How often a deployment waits for the server.
mod server_command; // `cargo pgmi server`, and the binaries it installs.
mod tidy; // The rules of the house that no compiler knows.
