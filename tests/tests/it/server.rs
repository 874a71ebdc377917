//! The server to work in: given or local; containers have a binary of their own.

use pgmi_engine::cluster::{Origin, Server, ServerRequest};
use pgmi_engine::connection::{ConnectOptions, Environment};
use pgmi_engine::diagnostic::Code;
use pgmi_tests::{Command, Project, cluster, isolated_with, join, on_every_major};
use postgres::{Client, NoTls};

on_every_major! {
    fn local_and_given_look_the_same(major: u16) {
        let local = Server::local(join(major)).unwrap();
        let string = cluster(major).connection_string("postgres");
        let given = Server::given(&string, Some(major), &Environment::default()).unwrap();
        assert_eq!((local.origin(), given.origin()), (Origin::Local, Origin::Given));
        assert_eq!((local.major(), local.version()), (given.major(), given.version()));
        assert_eq!(local.major(), major);
        for server in [&local, &given] {
            let mut client =
                server.target("template1").connect(ConnectOptions::default()).unwrap().client;
            let at: String = client.query_one("select current_database()::text", &[]).unwrap().get(0);
            assert_eq!(at, "template1");
            Client::connect(&server.connection_string("template1"), NoTls).unwrap();
        }
    }

    fn another_major_is_refused(major: u16) {
        let string = cluster(major).connection_string("postgres");
        let wanted = if major == 18 { 17 } else { 18 };
        let error = Server::given(&string, Some(wanted), &Environment::default()).unwrap_err();
        assert_eq!(error.code(), Code::ServerVersion);
        assert!(error.to_string().contains(&format!("PostgreSQL {major}.")), "{error}");
        assert!(error.to_string().contains(&format!("but {wanted} is wanted")), "{error}");
    }
}

#[test]
fn every_spelling_of_a_connection_string_leads_to_other_databases() {
    let cluster = isolated_with(17, |settings| settings.tcp = Some(0));
    let string = cluster.tcp_connection_string("postgres").unwrap();
    let value = |key: &str| {
        let word = string.split(' ').find_map(|word| word.strip_prefix(key)).unwrap();
        word.to_owned()
    };
    let (port, password) = (value("port="), value("password="));
    let environment = Environment::from_iter([("PGPASSWORD", password.as_str())]);
    for given in [
        format!("postgresql://postgres:{password}@127.0.0.1:{port}/postgres"),
        format!("postgres://postgres@127.0.0.1:{port}"),
        format!("postgres://postgres@127.0.0.1:{port}/postgres?sslmode=disable"),
        format!("host=127.0.0.1 port={port} user=postgres"),
        format!("Host=127.0.0.1;Port={port};Username=postgres;Database=postgres"),
    ] {
        let server = Server::given(&given, None, &environment).unwrap();
        let again = Server::given(&server.connection_string("a b'\"%"), None, &environment);
        assert_eq!(again.unwrap_err().sqlstate(), Some("3D000"), "{given}");
        let again = Server::given(&server.connection_string("template1"), None, &environment);
        assert_eq!(again.unwrap().target("x").database(), "x");
        assert!(!format!("{server:?}").contains(&password));
    }
}

#[test]
fn what_was_tried_and_how_to_go_on() {
    let folder = Project::empty();
    let start = Command::new(&["server", "start", "3"])
        .env("PGMI_CACHE_DIR", folder.path())
        .current_dir(folder.path());
    let stderr = start.run().expect(10).stderr;
    for words in [
        "error[server-not-found]: there is no PostgreSQL 3 to work in",
        "programs: no PostgreSQL 3 server was found on this machine",
        "PG_CONFIG",
        "container: PostgreSQL 3 is not supported",
        "cargo pgmi server install 18",
        "start Docker",
        "PGMI_SERVER=postgresql://",
    ] {
        assert!(stderr.contains(words), "{words}\n{stderr}");
    }
}

#[test]
fn an_engine_that_is_not_there_is_explained() {
    let folder = Project::empty();
    let start = Command::new(&["server", "start", "--container"])
        .env("PGMI_CACHE_DIR", folder.path())
        .env("DOCKER_HOST", "unix:///nowhere/docker.sock")
        .current_dir(folder.path());
    let stderr = start.run().expect(10).stderr;
    for words in ["error[server-not-found]: Docker cannot be reached", "DOCKER_HOST"] {
        assert!(stderr.contains(words), "{words}\n{stderr}");
    }
}

#[test]
fn a_named_server_is_taken_as_it_is() {
    let folder = Project::empty();
    let string = cluster(16).connection_string("postgres");
    let start = |major: &str| {
        Command::new(&["server", "start", major])
            .env("PGMI_CACHE_DIR", folder.path())
            .env("PGMI_SERVER", &string)
            .current_dir(folder.path())
            .run()
    };
    let started = start("16").expect(0);
    assert!(started.stderr.contains("it was named"), "{}", started.stderr);
    Client::connect(started.stdout.trim(), NoTls).unwrap();
    assert!(start("17").expect(10).stderr.contains("error[server-version]"));
}

#[test]
fn the_settings_of_a_crate_are_read_strictly() {
    let with = |table: &str| {
        let manifest = format!(
            "[package]\nname = \"app\"\nversion = \"0.1.0\"\n[package.metadata.pgmi]\n{table}\n"
        );
        let folder = Project::new([("Cargo.toml", manifest.as_str()), ("src/lib.rs", "")]);
        let run = Command::new(&["server", "start"])
            .env("PGMI_CACHE_DIR", folder.path())
            .current_dir(folder.path())
            .run();
        (run, folder)
    };
    let (run, _folder) = with("postgre = 17\nserver = \"lokal\"");
    let stderr = run.expect(10).stderr;
    assert!(stderr.contains("unknown key `postgre`"), "{stderr}");
    assert!(stderr.contains("did you mean `postgres`?"), "{stderr}");
    let (run, _folder) = with("server = \"lokal\"");
    let stderr = run.expect(10).stderr;
    assert!(stderr.contains("did you mean `local`?"), "{stderr}");
    // Not `replace("14", "15")` on the whole: the port of the server may have those digits too.
    let server = format!("server = {:?}", cluster(14).connection_string("postgres"));
    let (run, _folder) = with(&format!("postgres = 14\n{server}"));
    run.expect(0);
    let (run, _folder) = with(&format!("postgres = 15\n{server}"));
    assert!(run.expect(10).stderr.contains("but 15 is wanted"));
}

#[test]
fn nothing_is_wanted_by_default() {
    let request = ServerRequest::default();
    assert_eq!((request.major, request.image), (None, None));
}
