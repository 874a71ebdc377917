//! PgBouncer, where it is installed.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command as Process, Stdio};

use crate::Project;

/// A PgBouncer in front of the shared server of a major.
pub struct Bouncer {
    child: Child,
    folder: Project,
}

impl Bouncer {
    /// Starts one with these settings; none where there is no PgBouncer, except in CI: there it belongs to what is installed.
    pub fn start(major: u16, settings: &str) -> Option<Self> {
        let Some(program) = program() else {
            assert!(
                std::env::var_os("CI").is_none(),
                "install pgbouncer: apt-get install pgbouncer"
            );
            eprintln!("skipped: there is no pgbouncer");
            return None;
        };
        let folder = Project::empty();
        let config: postgres::Config = crate::cluster(major)
            .connection_string("postgres")
            .parse()
            .expect("PgBouncer can be set up");
        let [postgres::config::Host::Unix(sockets)] = config.get_hosts() else {
            panic!("{config:?}")
        };
        let (own, port) = (folder.arg(), config.get_ports()[0]);
        folder.write("pgbouncer.ini", format!(
            "[databases]\n* = host={} port={port} user=postgres\n\
             [pgbouncer]\nunix_socket_dir = {own}\nlisten_port = 6432\nauth_type = any\n{settings}\n",
            sockets.display()
        ));
        let mut process = Process::new(program);
        process.arg(folder.join("pgbouncer.ini")).stderr(Stdio::null()).stdout(Stdio::null());
        // It refuses to be root, and the server's sockets are open to the server's user only.
        let owner = fs::metadata(crate::cluster(major).home()).expect("PgBouncer can be set up");
        if owner.uid() != fs::metadata(folder.path()).expect("PgBouncer can be set up").uid() {
            fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755))
                .expect("PgBouncer can be set up");
            chown(folder.path(), Some(owner.uid()), Some(owner.gid()))
                .expect("PgBouncer can be set up");
            process.uid(owner.uid()).gid(owner.gid());
        }
        let mut child = process.spawn().expect("PgBouncer can be set up");
        while !folder.join(".s.PGSQL.6432").exists() {
            assert!(
                child.try_wait().expect("PgBouncer can be set up").is_none(),
                "pgbouncer does not start"
            );
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        Some(Self { child, folder })
    }

    /// How to connect to a database through it.
    pub fn connection_string(&self, database: &str) -> String {
        format!("host={} port=6432 user=postgres dbname={database}", self.folder.arg())
    }
}

impl Drop for Bouncer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn program() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders =
        std::env::split_paths(&path).chain(["/usr/sbin", "/usr/local/sbin"].map(PathBuf::from));
    folders.map(|folder| folder.join("pgbouncer")).find(|it| Path::is_file(it))
}
