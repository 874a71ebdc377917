//! PostgreSQL in containers, with a real Docker.
//!
//! A binary of its own, whose tests are ignored: a machine without Docker can run all the others.
//! Whoever asks for these has Docker, and where it is missing they fail:
//!
//! ```text
//! .ci/docker && cargo nextest run -p pgmi-tests --test container --run-ignored all
//! ```
//!
//! They want the images `postgres:14` to `postgres:18`, which `.ci/docker` pulls or makes.
#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests are tests: what they cannot do fails the test"
)]

// Tests of Rust as users write them, and a crate that has them; `databases` of the other binary runs them on
// local servers.
#[expect(dead_code, reason = "others need more of it")]
#[path = "it/databases/ground.rs"]
mod ground;
#[path = "it/databases/scenarios.rs"]
mod scenarios;

use std::path::Path;
use std::process;
use std::sync::Arc;

use pgmi_engine::cluster::{
    Origin, Places, RunningContainer, Server, ServerRequest, running_containers,
};
use pgmi_engine::connection::{ConnectOptions, Environment};
use pgmi_engine::diagnostic::Code;
use pgmi_engine::manifest::ServerChoice;
use pgmi_engine::project::{OpenOptions, Parameters, Project as Opened};
use pgmi_engine::session::Interrupt;
use pgmi_engine::shadow::Shadows;
use pgmi_tests::{Command, Project, join, on_every_major, places};
use postgres::{Client, NoTls};

const MAJOR: u16 = 15;

/// A user with a cache of their own, and so with containers of their own.
struct User {
    folder: Project,
}

impl User {
    fn new() -> Self {
        Self { folder: Project::empty() }
    }

    fn places(&self) -> Places {
        Places { cache: Some(self.folder.path().to_owned()), ..places() }
    }

    fn request(&self) -> ServerRequest {
        ServerRequest {
            choice: ServerChoice::Container,
            major: Some(MAJOR),
            places: self.places(),
            ..ServerRequest::default()
        }
    }

    fn containers(&self) -> Vec<RunningContainer> {
        running_containers(&self.places())
    }
}

/// However the test ends.
impl Drop for User {
    fn drop(&mut self) {
        for container in self.containers() {
            let _ = container.stop();
        }
    }
}

fn docker(arguments: &[&str]) -> String {
    let output = process::Command::new("docker").args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

fn show(server: &Server, setting: &str) -> String {
    let mut client = server.target("postgres").connect(ConnectOptions::default()).unwrap().client;
    client.query_one(&format!("show {setting}"), &[]).unwrap().get(0)
}

#[test]
#[ignore = "needs Docker"]
fn is_started_once_and_reused() {
    let user = User::new();
    let servers: Vec<Server> = std::thread::scope(|scope| {
        let threads: Vec<_> =
            (0..3).map(|_| scope.spawn(|| Server::find(&user.request()).unwrap())).collect();
        threads.into_iter().map(|it| it.join().unwrap()).collect()
    });
    let strings: Vec<_> = servers.iter().map(|it| it.connection_string("postgres")).collect();
    assert!(strings.iter().all(|it| *it == strings[0]));
    Client::connect(&strings[0], NoTls).unwrap();
    let containers = user.containers();
    assert_eq!(containers.len(), 1);
    assert_eq!((containers[0].image(), containers[0].major()), ("postgres:15", Some(MAJOR)));

    let server = &servers[0];
    assert_eq!((server.origin(), server.major()), (Origin::Container, MAJOR));
    assert_eq!(
        (show(server, "fsync").as_str(), show(server, "wal_level").as_str()),
        ("off", "logical")
    );
    assert_eq!(show(server, "lc_collate"), "C");
    let mounts = docker(&["exec", containers[0].id(), "cat", "/proc/mounts"]);
    assert!(mounts.lines().any(|line| line.starts_with("tmpfs /pgmi ")), "{mounts}");

    // The next process finds it; it outlives all of them.
    drop(servers);
    let again = Server::find(&user.request()).unwrap();
    assert_eq!(again.connection_string("postgres"), strings[0]);
    containers[0].stop().unwrap();
    assert!(user.containers().is_empty());
}

#[test]
#[ignore = "needs Docker"]
fn nobody_else_gets_in_or_is_stopped() {
    let (user, other) = (User::new(), User::new());
    let server = Server::find(&user.request()).unwrap();
    assert!(other.containers().is_empty());
    let without = server.connection_string("postgres").replace("password=", "password=not");
    let refused = Server::given(&without, None, &Environment::default()).unwrap_err();
    assert_eq!(refused.sqlstate(), Some("28P01"));
    assert!(!format!("{server:?}").contains("password="));
}

#[test]
#[ignore = "needs Docker"]
fn a_stopped_or_dead_container_heals() {
    let user = User::new();
    drop(Server::find(&user.request()).unwrap());
    let id = user.containers()[0].id().to_owned();
    docker(&["kill", &id]);
    assert!(user.containers()[0].state().starts_with("Exited"));
    drop(Server::find(&user.request()).unwrap());
    assert_eq!(user.containers()[0].id(), id);
    docker(&["rm", "--force", "--volumes", &id]);
    drop(Server::find(&user.request()).unwrap());
    assert_ne!(user.containers()[0].id(), id);
}

#[test]
#[ignore = "needs Docker"]
fn an_image_may_be_chosen() {
    docker(&["tag", "postgres:15", "pgmi/choice:1"]);
    let user = User::new();
    let of_image = |image: &str, major| {
        let image = Some(image.to_owned());
        Server::find(&ServerRequest { image, major, ..user.request() })
    };
    assert_eq!(of_image("pgmi/choice:1", None).unwrap().major(), MAJOR);
    assert_eq!(user.containers()[0].image(), "pgmi/choice:1");
    let error = of_image("pgmi/choice:1", Some(17)).unwrap_err();
    assert_eq!(error.code(), Code::ServerVersion);
    let error = of_image("pgmi-tests/nothing:1", None).unwrap_err();
    assert_eq!(error.code(), Code::ServerNotFound);
    assert!(error.to_string().contains("there is no image pgmi-tests/nothing:1"), "{error}");
}

#[test]
#[ignore = "needs Docker"]
fn an_image_that_is_no_server_is_explained() {
    let user = User::new();
    let dockerfile =
        "FROM postgres:15\nENTRYPOINT [\"sh\", \"-c\", \"echo no elephants here >&2; exit 3\"]\n";
    let folder = Project::new([("Dockerfile", dockerfile)]);
    docker(&["build", "--quiet", "--tag", "pgmi/none:1", folder.arg()]);
    let request = ServerRequest { image: Some("pgmi/none:1".into()), ..user.request() };
    let error = Server::find(&request).unwrap_err();
    assert_eq!(error.code(), Code::ClusterFailed);
    assert!(error.primary().notes.join("\n").contains("no elephants here"), "{error:?}");
}

/// What a project becomes does not depend on whose server it is.
#[test]
#[ignore = "needs Docker"]
fn databases_are_the_same_as_on_a_local_server() {
    let user = User::new();
    let shop = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/shop/db"));
    let project = Opened::open(shop, &OpenOptions::default()).unwrap();
    let described = |server: Server| -> Vec<String> {
        let shadows = Shadows::on(server).unwrap();
        let (parameters, events) = (Parameters::default(), Arc::new(|_| ()) as _);
        let template = shadows
            .template(&project, &parameters, &events, &Interrupt::default())
            .unwrap_or_else(|error| panic!("{error:?}"));
        let shadow = shadows.copy(&template).unwrap();
        let mut client = shadow.target().connect(ConnectOptions::default()).unwrap().client;
        client.query(COLUMNS, &[]).unwrap().iter().map(|row| row.get(0)).collect()
    };
    let in_container = described(Server::find(&user.request()).unwrap());
    assert!(in_container.len() > 100);
    assert_eq!(in_container, described(Server::local(join(MAJOR)).unwrap()));
}

/// Nor does what is said of its queries, twenty times.
#[test]
#[ignore = "needs Docker"]
fn signatures_and_lock_are_the_same_as_of_a_local_server() {
    let user = User::new();
    let project = Project::copy_of("projects/many-types");
    // Held to the end: building the command line may take longer than a server waits for its next user.
    let local = join(MAJOR);
    let generate = |server: &str, memory: &Path| {
        for (path, _) in project.generated() {
            std::fs::remove_file(project.join(path)).unwrap();
        }
        // Who remembers nothing asks.
        let _ = std::fs::remove_dir_all(memory.join("proofs"));
        Command::new(&["generate", project.arg(), "--postgres", "15"])
            .env("PGMI_CACHE_DIR", memory)
            .env("PGMI_SERVER", server)
            .run()
            .expect(0);
        project.generated()
    };
    let of_local = generate(&local.connection_string("postgres"), Project::empty().path());
    assert_eq!(of_local.len(), 5 + 3 + 1);
    for _ in 0..20 {
        assert_eq!(generate("container", user.folder.path()), of_local);
    }
    assert_eq!(user.containers().len(), 1);
}

const COLUMNS: &str = "
    select format('%s.%s %s %s', c.oid::regclass, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull)
      from pg_attribute as a
      join pg_class as c on c.oid = a.attrelid
     where a.attnum > 0 and c.relnamespace <> 'pg_toast'::regnamespace
     order by 1";

#[test]
#[ignore = "needs Docker"]
fn the_command_line_starts_lists_and_stops_it() {
    let user = User::new();
    let run = |arguments: &[&str]| {
        Command::new(arguments)
            .env("PGMI_CACHE_DIR", user.folder.path())
            .current_dir(user.folder.path())
            .run()
            .expect(0)
    };
    let started = run(&["server", "start", "15", "--container"]);
    assert!(started.stderr.contains("runs until: cargo pgmi server stop"), "{}", started.stderr);
    Client::connect(started.stdout.trim(), NoTls).unwrap();
    let status = run(&["server", "status"]).stdout;
    assert!(status.contains("container\tpostgres:15\t"), "{status}");
    assert!(run(&["server", "stop", "14"]).stderr.contains("no server runs"));
    assert!(run(&["server", "stop"]).stderr.contains("of postgres:15 removed"));
    assert!(user.containers().is_empty());
}

on_every_major! {
    #[ignore = "needs Docker"]
    fn every_kind_of_test_has_its_database(major: u16) {
        let user = User::new();
        let krate = ground::Crate::with_cache(major, user.folder.path().to_owned());
        // Again, with what is known now and with what is in stock.
        for _ in 0..2 {
            let (passed, said) = krate.run("fine::", &[("PGMI_SERVER", "container")]);
            assert!(passed && said.contains("9 passed; 0 failed"), "{said}");
        }
        let server = Server::find(&ServerRequest { major: Some(major), ..user.request() }).unwrap();
        assert_eq!((server.origin(), server.major()), (Origin::Container, major));
        assert_eq!(user.containers().len(), 1, "they have used this one");
        copies_go(&server);
    }
}

/// The container stays, with the template; the copies go with the stockkeeper.
fn copies_go(server: &Server) {
    let mut client = server.target("postgres").connect(ConnectOptions::default()).unwrap().client;
    let copies = "select count(*) from pg_database where datname ~ '^pgmi_[0-9a-f]{16}_'";
    for _ in 0..600 {
        if client.query_one(copies, &[]).unwrap().get::<_, i64>(0) == 0 {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    panic!("copies are left");
}
