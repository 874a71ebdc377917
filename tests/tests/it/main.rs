//! All tests that cross crates, in one binary: one thing to link, one thing to run.

mod cluster; // Starting, sharing and ending throwaway servers, whatever happens to their users.
mod server_command; // `cargo pgmi server`, and the binaries it installs.
