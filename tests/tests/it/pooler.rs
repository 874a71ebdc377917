//! PgBouncer between pgmi and PostgreSQL: a transaction pooler is found out, a session pool serves.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command as Process, Stdio};

use pgmi_tests::{Command, Database, Finished, Project, cluster, on_every_major};

/// A PgBouncer in front of the shared server of a major.
struct Bouncer {
    child: Child,
    folder: Project,
}

impl Bouncer {
    /// None where there is no PgBouncer, except in CI: there it belongs to what is installed.
    fn start(major: u16, settings: &str) -> Option<Self> {
        let Some(program) = program() else {
            assert!(
                std::env::var_os("CI").is_none(),
                "install pgbouncer: apt-get install pgbouncer"
            );
            eprintln!("skipped: there is no pgbouncer");
            return None;
        };
        let folder = Project::empty();
        let config: postgres::Config =
            cluster(major).connection_string("postgres").parse().unwrap();
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
        let owner = fs::metadata(cluster(major).home()).unwrap();
        if owner.uid() != fs::metadata(folder.path()).unwrap().uid() {
            fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
            chown(folder.path(), Some(owner.uid()), Some(owner.gid())).unwrap();
            process.uid(owner.uid()).gid(owner.gid());
        }
        let mut child = process.spawn().unwrap();
        while !folder.join(".s.PGSQL.6432").exists() {
            assert!(child.try_wait().unwrap().is_none(), "pgbouncer does not start");
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        Some(Self { child, folder })
    }

    fn deploy(&self, db: &Database, project: &Project) -> Finished {
        let connection =
            format!("host={} port=6432 user=postgres dbname={}", self.folder.arg(), db.name());
        Command::new(&["deploy", project.arg(), "--json", "--connection", &connection]).run()
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

on_every_major! {
    fn a_transaction_pool_is_found_out_and_left_clean(db: &Database) {
        for settings in [
            "pool_mode = transaction",
            "pool_mode = transaction\nignore_startup_parameters = options",
            "pool_mode = transaction\ndefault_pool_size = 1",
            "pool_mode = statement",
        ] {
            let Some(bouncer) = Bouncer::start(db.major(), settings) else { return };
            let project = Project::new([("deploy.sql", "begin; create table t (); commit;")]);
            let done = bouncer.deploy(db, &project).expect(10).says(&["error[transaction-pooler]", "session mode"]);
            assert_eq!(done.json()["diagnostics"][0]["code"], "transaction-pooler", "{settings}");
            assert!(!db.has("t"));
            // Its lock is not left behind in the pool.
            project.write("deploy.sql", "select 1");
            db.deploy(&project, &[]).expect(0);
        }
    }

    fn a_session_pool_serves(db: &Database) {
        for settings in ["pool_mode = session", "pool_mode = session\nignore_startup_parameters = options"] {
            let Some(bouncer) = Bouncer::start(db.major(), settings) else { return };
            let project = Project::new([
                ("a.sql", "drop table if exists t; create table t ();"),
                ("__test__/t.sql", "select 1"),
                ("deploy.sql", "begin;
                    do $$ begin execute (select content from pg_temp.pgmi_source_view); end $$;
                    CALL pgmi_test();
                    commit;
                    create index concurrently on t ((1));"),
            ]);
            for _ in 0..2 {
                bouncer.deploy(db, &project).expect(0);
            }
            assert!(db.has("t"));
        }
    }
}
