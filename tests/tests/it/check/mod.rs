//! `cargo pgmi check`, `generate` and `explain`, as their users see them.

mod committed; // What is generated, and what check says of it.
mod explain; // The reasons, and the plan.
mod extensions; // What a server comes without.
mod innocence; // Nothing of the user's is executed.
mod loose; // A schema has become stricter than what is committed.
mod machines; // --message-format json, and exit codes.
mod pgenie; // A project of pGenie's layout, read unchanged.
mod remembered; // Nothing has changed: no server is asked.
mod servers; // The same files, whatever server was asked.
mod surroundings; // Folders that cannot be written, and others who check at the same time.

use pgmi_tests::{Command, Finished, Project, cluster};

/// `cargo pgmi` with these arguments, asking the server that the tests of this major share.
fn ask(project: &Project, major: u16, arguments: &[&str]) -> Finished {
    let server = cluster(major).connection_string("postgres");
    command(project, major, arguments).env("PGMI_SERVER", server).run()
}

/// The same, about to be run. The first argument is the command; the project stands behind it.
fn command(project: &Project, major: u16, arguments: &[&str]) -> Command {
    let major = major.to_string();
    let (name, rest) = arguments.split_first().unwrap();
    let project = [project.arg(), "--postgres", &major];
    let all = match *name {
        "explain" => [&[*name], &rest[..1], &project, &rest[1..]].concat(),
        _ => [&[*name], &project[..], rest].concat(),
    };
    Command::new(&all)
}

/// A comment that no other test and no other run has: it makes a schema of one's own.
fn unique() -> String {
    use std::hash::{BuildHasher, RandomState};
    format!("-- {}\n", RandomState::new().hash_one(std::process::id()))
}
