//! `cargo pgmi test`: SQL tests without a deployment.

mod accidents;
mod deployments;
mod given;
mod reports;
mod sessions;
mod verdicts;

use pgmi_tests::{Command, Finished, Project, cluster};
use serde_json::Value;

/// `cargo pgmi test` on the server that all tests share.
fn command(project: &Project, major: u16, arguments: &[&str]) -> Command {
    let server = cluster(major).connection_string("postgres");
    Command::new(&[&["test", project.arg()], arguments].concat()).env("PGMI_SERVER", server)
}

fn test(project: &Project, major: u16, arguments: &[&str]) -> Finished {
    command(project, major, arguments).run()
}

/// A project with one table, whose tests are called where deployments usually call them.
fn project(tests: &[(&str, &str)]) -> Project {
    let deploy = "begin; create table t (n int); savepoint tests; call pgmi_test(); \
                  rollback to savepoint tests; commit;";
    let project = Project::new([("deploy.sql", deploy)]);
    for (path, sql) in tests {
        project.write(format!("__test__/{path}"), sql);
    }
    project
}

/// A test that fails unless the condition holds.
fn check(condition: &str) -> String {
    format!(
        "do $$ begin if not coalesce(({condition}), false) then raise exception 'not so: %', $c${condition}$c$; end if; end $$;"
    )
}

/// Path and status of everything in the report that `--json` printed.
fn results(done: &Finished) -> Vec<String> {
    let report = done.json();
    let tests = report["tests"].as_array().expect("the report has tests");
    let text = |test: &Value, key: &str| test[key].as_str().unwrap_or_default().to_owned();
    tests.iter().map(|test| format!("{} {}", text(test, "status"), text(test, "path"))).collect()
}
