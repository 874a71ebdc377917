//! All tests that cross crates, in one binary: one thing to link, one thing to run.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests are tests: what they cannot do fails the test"
)]

mod approval; // Asking a person before a database is dropped.
mod bad_input; // What is wrong before anything connects: found, named, nothing changed.
mod bindings; // Generated bindings, compiled and run.
mod check; // check, generate and explain: queries, signatures, and what is committed about them.
mod checksums; // What the three checksum columns hold.
mod cluster; // Starting, sharing and ending throwaway servers, whatever happens to their users.
mod commands; // init, info, metadata, db and the other small commands; help, and what people see.
#[cfg(unix)]
mod connection; // From settings to a connection: sources, TLS, hosts, retries.
#[cfg(unix)]
mod cut; // A connection that is cut at each message of a deployment.
#[cfg(unix)]
mod databases; // #[pgmi::test]: databases for tests of Rust.
mod deploy_check; // Before anything happens, and as if it had not.
mod diagnostics; // Every diagnostic as its reader sees it, with a bad and a good project.
mod discovery; // Which files of a folder are loaded, and as what.
mod drift; // What was changed in a database since it was deployed.
mod embedding; // embed!, pgmi-build, and what the compiler says about bad projects.
mod encodings; // Databases that are not UTF8.
mod error_places; // From what PostgreSQL said to the line in the user's file.
mod execution; // Head and tail: what is one transaction, and what is committed when it fails.
mod falsifier; // Random rows and arguments against what was claimed of queries.
mod fuzzed; // Texts that nobody would write, for everything that reads text.
mod identity; // The same words about every query, in every copy of its schema.
mod index; // Index analysis: what is proposed, what is tried, and what must be left alone.
mod interruption; // Timeouts, Ctrl-C, connections and servers that end in the middle.
mod json; // The object that --json prints.
mod junit; // What readers of JUnit's XML accept.
mod lock; // Two deployments at once.
mod metadata; // <pgmi-meta> in the session.
mod overwrite; // Creating and recreating databases.
mod parameters; // Deployment parameters, from wherever they come.
mod plan_order; // The order of pgmi_plan_view, on every database the same.
mod pooler; // PgBouncer between pgmi and PostgreSQL.
mod projects; // tests/projects and examples, each deployed twice.
mod queries; // tests/queries, each with the signature that its head says.
mod query_files; // What is wrong with queries, signatures and the lock, before PostgreSQL is asked.
mod round_trips; // How often a deployment waits for the server.
mod secrets; // Passwords and parameter values never appear.
mod server; // The server to work in, given or local.
mod server_command; // `cargo pgmi server`, and the binaries it installs.
mod session_api; // Views and functions that deploy.sql sees.
mod shadow; // Throwaway databases: templates, copies, and projects without deploy.sql.
mod sql_tests; // Test plan, fixtures, savepoints, events.
mod suite; // `cargo pgmi test`: tests without a deployment.
mod test_macro; // CALL pgmi_test(…).
mod tidy; // The rules of the house that no compiler knows.
mod types; // Every type of PostgreSQL in Rust, in every place.
mod unreachable; // No server, wrong password, no right to connect.
