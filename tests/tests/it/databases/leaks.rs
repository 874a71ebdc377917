//! Nothing is left: no database, no connection, no file, however tests end.

use std::io::{BufRead, BufReader};
use std::os::unix::fs::FileTypeExt;
use std::process::Stdio;
use std::time::{Duration, Instant};

use pgmi_engine::cluster::Cluster;
use pgmi_tests::scratch;
use postgres::{Client, NoTls};

use super::Crate;

/// How many tests are run; all of them before a release.
fn tests() -> usize {
    std::env::var("PGMI_LEAK_TESTS").ok().and_then(|it| it.parse().ok()).unwrap_or(50)
}

fn until(what: &str, mut done: impl FnMut() -> bool) {
    let begin = Instant::now();
    while !done() {
        assert!(begin.elapsed() < Duration::from_secs(60), "{what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// The server of this crate's tests, kept up for as long as we look.
struct Server {
    client: Client,
    cluster: Cluster,
}

impl Server {
    fn of(krate: &Crate) -> Self {
        let folder = krate.cache().join("shared");
        let places = pgmi_engine::cluster::Places {
            cache: Some(krate.cache().to_owned()),
            ..pgmi_tests::places()
        };
        let binaries = pgmi_engine::cluster::Binaries::find(&places, Some(18)).unwrap();
        let settings = pgmi_engine::cluster::Settings::new(folder.join("data"));
        let cluster = Cluster::shared(&folder, &binaries, &settings).unwrap();
        let client = Client::connect(&cluster.connection_string("postgres"), NoTls).unwrap();
        Self { client, cluster }
    }

    fn count(&mut self, sql: &str) -> i64 {
        self.client.query_one(sql, &[]).unwrap().get(0)
    }

    fn copies(&mut self) -> i64 {
        self.count("select count(*) from pg_database where datname ~ '^pgmi_[0-9a-f]{16}_'")
    }

    fn connections(&mut self) -> i64 {
        self.count("select count(*) from pg_stat_activity where backend_type = 'client backend'")
            - 1
    }
}

#[test]
fn nothing_is_left_of_many_tests_and_of_one_that_is_killed() {
    let folder = scratch().join(format!("leaks-{}", std::process::id()));
    let krate = Crate::with_cache(18, folder.clone());
    let mut server = Server::of(&krate);
    for _ in 0..tests().div_ceil(50) {
        krate.passes("many::", 50);
    }

    // While it runs its database is there; killed, nobody can clean up but others.
    let mut command = krate.command("slow::");
    let mut child = command.arg("--nocapture").stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let name = lines.find_map(|line| Some(line.unwrap().split_once("waiting in ")?.1.to_owned()));
    let there = format!("select count(*) from pg_database where datname = '{}'", name.unwrap());
    assert_eq!(server.count(&there), 1);
    child.kill().unwrap();
    child.wait().unwrap();
    krate.passes("fine::own", 3);

    until("a killed test leaves its database", || server.count(&there) == 0);
    until("copies are left", || server.copies() == 0);
    until("connections are left", || server.connections() == 0);
    let stock = || {
        let entries = std::fs::read_dir(folder.join("shared")).unwrap().flatten();
        entries.map(|it| it.file_name().to_string_lossy().into_owned()).collect::<Vec<_>>()
    };
    until("the stockkeeper's socket is left", || {
        !stock().iter().any(|it| it.starts_with("stock-") && !it.ends_with(".lock"))
    });
    assert!(!stock().iter().any(|it| it.ends_with(".new")), "{:?}", stock());
    let home = server.cluster.home().to_owned();
    drop(server);
    until("the server's folder is left", || !home.exists());
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_stockkeeper_that_is_killed_is_replaced_and_swept_after() {
    let folder = scratch().join(format!("leaks-killed-{}", std::process::id()));
    let krate = Crate::with_cache(18, folder.clone());
    let mut server = Server::of(&krate);
    krate.passes("fine::own", 3);
    let keeper = stockkeeper(&folder);
    std::process::Command::new("kill").args(["-KILL", &keeper.to_string()]).status().unwrap();
    assert!(server.copies() > 0, "it had a stock");
    krate.passes("many::a", 10);
    until("copies are left", || server.copies() == 0);
    drop(server);
    std::fs::remove_dir_all(folder).unwrap();
}

/// As when somebody cleans the cache folder while it is in use.
#[test]
fn a_stockkeeper_whose_socket_was_removed_ends_all_the_same() {
    let folder = scratch().join(format!("leaks-removed-{}", std::process::id()));
    let krate = Crate::with_cache(18, folder.clone());
    let mut server = Server::of(&krate);
    krate.passes("fine::own", 3);
    let keeper = stockkeeper(&folder);
    let sockets = std::fs::read_dir(folder.join("shared")).unwrap().flatten();
    for socket in sockets.filter(|entry| entry.file_type().unwrap().is_socket()) {
        std::fs::remove_file(socket.path()).unwrap();
    }
    let is_there = || std::path::Path::new(&format!("/proc/{keeper}/exe")).read_link().is_ok();
    until("the stockkeeper waits for ever", || !is_there());
    until("copies are left", || server.copies() == 0);
    krate.passes("fine::own", 3);
    drop(server);
    std::fs::remove_dir_all(folder).unwrap();
}

/// The process whose orders name a socket in this folder.
fn stockkeeper(cache: &std::path::Path) -> u32 {
    let orders = format!("PGMI_STOCKKEEPER={}", cache.join("shared/stock-").display());
    let numbers = std::fs::read_dir("/proc")
        .unwrap()
        .flatten()
        .filter_map(|entry| entry.file_name().to_string_lossy().parse::<u32>().ok());
    let is_it = |process: &u32| {
        let environment = std::fs::read(format!("/proc/{process}/environ")).unwrap_or_default();
        String::from_utf8_lossy(&environment).split('\0').any(|it| it.starts_with(&orders))
    };
    numbers.into_iter().find(is_it).unwrap()
}

#[test]
fn a_template_that_is_dropped_while_tests_run_is_made_again() {
    let folder = scratch().join(format!("leaks-dropped-{}", std::process::id()));
    let krate = Crate::with_cache(18, folder.clone());
    let mut server = Server::of(&krate);
    for _ in 0..2 {
        krate.passes("many::", 50);
        let sql = "select datname from pg_database where datname ~ '^pgmi_[0-9a-f]{16}$'";
        for row in server.client.query(sql, &[]).unwrap() {
            let name: String = row.get(0);
            server.client.batch_execute(&format!("drop database {name} with (force)")).unwrap();
        }
    }
    krate.passes("fine::", 9);
    drop(server);
    std::fs::remove_dir_all(folder).unwrap();
}
