//! A server with TLS and its own pg_hba.conf.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use pgmi_engine::cluster::Cluster;
use pgmi_tests::isolated_with;
use postgres::{Client, NoTls};

use super::authority::{Authority, Identity};

/// A server on a port of 127.0.0.1.
pub(super) struct Secured {
    cluster: Cluster,
    pub(super) port: u16,
    generation: u32,
}

/// The password of `app`.
pub(super) const PASSWORD: &str = "p@ss:w/rd";

impl Secured {
    /// Without TLS so far. Its roles: `app` with a password, `plain` with the same, `certified` without one.
    pub(super) fn start(major: u16) -> Self {
        let cluster = isolated_with(major, |settings| settings.tcp = Some(0));
        let string = cluster.tcp_connection_string("postgres").unwrap();
        let port = string.split_whitespace().find_map(|word| word.strip_prefix("port="));
        let secured = Self { port: port.unwrap().parse().unwrap(), cluster, generation: 0 };
        secured.administer(&format!(
            "create role app login password '{PASSWORD}'; create role plain login password '{PASSWORD}';
             create role certified login;"
        ));
        secured
    }

    /// Replaces pg_hba.conf, over TCP only: we still get in by the socket.
    pub(super) fn admit(&mut self, lines: &str) {
        let hba = self.data("pg_hba.conf");
        fs::write(hba, format!("local all postgres trust\n{lines}\n")).unwrap();
        self.reload();
    }

    /// Shows this certificate, and believes clients whom `authority` has signed.
    pub(super) fn secure(&mut self, identity: &Identity, authority: &Authority) {
        self.write("server.crt", &identity.certificate);
        self.write("server.key", &identity.key);
        self.write("root.crt", &authority.pem);
        for setting in ["ssl = on", "ssl_ca_file = 'root.crt'"] {
            self.administer(&format!("alter system set {setting}"));
        }
        self.reload();
    }

    pub(super) fn administer(&self, sql: &str) {
        self.client().batch_execute(sql).unwrap_or_else(|error| panic!("{error:?}: {sql}"));
    }

    /// The beginning of a connection string: who, over TCP.
    pub(super) fn of(&self, user: &str) -> String {
        format!("host=localhost hostaddr=127.0.0.1 port={} user={user} dbname=postgres", self.port)
    }

    /// The same with the password.
    pub(super) fn with_password(&self, user: &str) -> String {
        format!("{} password={PASSWORD}", self.of(user))
    }

    fn client(&self) -> Client {
        Client::connect(&self.cluster.connection_string("postgres"), NoTls).unwrap()
    }

    fn data(&self, name: &str) -> PathBuf {
        self.cluster.home().join("data").join(name)
    }

    /// A file of the server's own user, that nobody else may read.
    fn write(&self, name: &str, text: &str) {
        let path = self.data(name);
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        let owner = fs::metadata(self.data("PG_VERSION")).unwrap();
        chown(&path, Some(owner.uid()), Some(owner.gid())).unwrap();
    }

    /// New sessions see the mark only when the server has read everything anew.
    fn reload(&mut self) {
        self.generation += 1;
        let mark = (4096 + self.generation).to_string();
        self.administer(&format!("alter system set work_mem = '{mark}kB'"));
        self.administer("select pg_reload_conf()");
        let patience = Instant::now() + Duration::from_secs(60);
        let read = |client: &mut Client| -> String {
            let sql = "select setting from pg_settings where name = 'work_mem'";
            client.query_one(sql, &[]).unwrap().get(0)
        };
        while read(&mut self.client()) != mark {
            assert!(Instant::now() < patience, "the server does not read its configuration");
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}
