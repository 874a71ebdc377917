//! Who starts a server: root, and users without any privilege.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::process::Command;

use pgmi_engine::cluster::{Binaries, Cluster, Settings};
use pgmi_tests::{binaries, isolated};

use super::{another, open_playground, playground, processes_of, stay, until};

fn root() -> bool {
    fs::metadata("/proc/self").or_else(|_| fs::metadata(".")).unwrap().uid() == 0
}

#[test]
fn the_server_never_belongs_to_root() {
    let cluster = isolated(18);
    assert_ne!(fs::metadata(cluster.home().join("data")).unwrap().uid(), 0);
    assert_eq!(fs::metadata(cluster.home()).unwrap().mode() & 0o777, 0o700);
}

/// The rest of the tests are run by an ordinary user wherever this one is.
#[test]
fn an_ordinary_user_starts_one_too() {
    if !root() {
        drop(isolated(18));
        return;
    }
    let folder = open_playground();
    let programs = binaries(18).directory;
    fs::write(folder.join("programs"), programs.to_str().unwrap()).unwrap();
    // This binary may lie in a folder that only root can enter.
    fs::copy(std::env::current_exe().unwrap(), folder.join("test")).unwrap();
    let mut command = Command::new("setpriv");
    command.args(["--reuid", "nobody", "--regid", "nogroup", "--clear-groups"]);
    command.arg(folder.join("test")).current_dir("/");
    let mut owner = another(&mut command, "users::ordinary_owner", folder.path());
    let owned_by = fs::metadata(&owner.home).unwrap().uid();
    assert!(![0, fs::metadata(isolated(18).home()).unwrap().uid()].contains(&owned_by));
    owner.kill();
    until(|| !owner.home.exists() && processes_of(&owner.home).is_empty());
}

#[test]
#[ignore = "the owner of an_ordinary_user_starts_one_too"]
fn ordinary_owner() {
    let programs = fs::read_to_string(playground().join("programs")).unwrap();
    let binaries = Binaries::at(programs.as_ref()).unwrap();
    stay(&Cluster::start(&binaries, &Settings::new(playground())).unwrap());
}
