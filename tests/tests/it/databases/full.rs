//! A disk that is full, for real: the servers of these tests lie on a small file system of their own.

use std::process::Command;

use super::Crate;
use pgmi_tests::scratch;

/// Room for the server's own files, for one database of 160 MB and a small one, but not for two large ones.
const SIZE: &str = "size=320m";

/// About so many megabytes in a table that does not compress, and that leaves the log small.
fn project(megabytes: u32) -> String {
    format!(
        "begin; create table t (id int primary key, note text); create unlogged table big (filler text);
         alter table big alter filler set storage plain;
         insert into big select repeat('x', 8000) from generate_series(1, {});
         commit;",
        megabytes * 1024 / 8
    )
}

#[test]
fn a_full_disk_is_told_with_the_next_step_and_does_no_harm_afterwards() {
    // Only root can have a file system of its own.
    if !rustix::process::geteuid().is_root() || !can_mount() {
        eprintln!("left out: this user cannot mount a file system");
        return;
    }
    let krate = Crate::with_cache(18, scratch().join(format!("full-{}", std::process::id())));
    krate.write("db/deploy.sql", &project(150));
    let said = on_a_small_disk(&krate, "many::a0", "many::a1");
    assert!(said.contains("No space left on device"), "{said}");
    assert!(said.contains("help: make room where the data of the server lies"), "{said}");
    assert!(said.contains("then: test result: ok. 1 passed"), "{said}");
}

/// Runs the first test with the large project, then the second with a small one, on the same server.
fn on_a_small_disk(krate: &Crate, first: &str, second: &str) -> String {
    let script = format!(
        "mount -t tmpfs -o {SIZE} tmpfs /dev/shm || exit 77
         \"$1\" \"databases::scenarios::{first}\" --ignored --exact
         printf '%s' \"$2\" >db/deploy.sql
         \"$1\" \"databases::scenarios::{second}\" --ignored --exact >second 2>&1
         sed 's/^/then: /' second"
    );
    let program = std::env::current_exe().unwrap();
    let mut inside = Command::new("unshare");
    inside.args(["--mount", "sh", "-c", &script, "sh"]).arg(program).arg(project(1));
    let ours = krate.command(first);
    inside.current_dir(krate.folder());
    for (name, value) in ours.get_envs() {
        match value {
            Some(value) => inside.env(name, value),
            None => inside.env_remove(name),
        };
    }
    let output = inside.output().unwrap();
    String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()
}

fn can_mount() -> bool {
    let tried = Command::new("unshare")
        .args(["--mount", "mount", "-t", "tmpfs", "tmpfs", "/dev/shm"])
        .output();
    tried.is_ok_and(|output| output.status.success())
}
