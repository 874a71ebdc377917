//! Several hosts, primaries and standbys.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use pgmi_engine::cluster::Cluster;
use pgmi_tests::{cluster, isolated_with, on_every_major};
use postgres::{Client, NoTls};

use super::silent::Scripted;
use super::{connect, fares, target};

/// A port where nobody listens.
fn closed_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// A hot standby: a server that recovers, and waits for more from a primary that never comes.
fn standby(major: u16) -> Cluster {
    let cluster = isolated_with(major, |settings| {
        for (name, value) in [("wal_level", "replica"), ("hot_standby", "on")] {
            settings.options.push((name.to_owned(), value.to_owned()));
        }
    });
    let string = cluster.connection_string("postgres");
    let mut client = Client::connect(&string, NoTls).unwrap();
    let signal = cluster.home().join("data/standby.signal");
    client.batch_execute(&format!("copy (select) to '{}'; checkpoint", signal.display())).unwrap();
    // A session that is killed makes the server recover, and now it finds the signal.
    let kill = "do $$ begin execute format('copy (select 1) to program %L', 'kill -9 ' || pg_backend_pid()); end $$";
    client.batch_execute(kill).unwrap_err();
    let patience = Instant::now() + Duration::from_secs(60);
    let recovers = || -> Result<bool, postgres::Error> {
        Ok(Client::connect(&string, NoTls)?.query_one("select pg_is_in_recovery()", &[])?.get(0))
    };
    while !recovers().unwrap_or(false) {
        assert!(Instant::now() < patience, "no standby");
        std::thread::sleep(Duration::from_millis(20));
    }
    cluster
}

/// `host` and `port` of servers, as lists.
fn both(servers: [&Cluster; 2]) -> String {
    let value = |cluster: &Cluster, key: &str| {
        let string = cluster.connection_string("postgres");
        let word = string.split_whitespace().find_map(|word| word.strip_prefix(key));
        word.unwrap().to_owned()
    };
    let list = |key: &str| servers.map(|it| value(it, key)).join(",");
    format!("host={} port={} user=postgres dbname=postgres", list("host="), list("port="))
}

/// Whether the session that is found recovers, that is, is one of a standby.
fn kind(string: &str) -> Result<&'static str, String> {
    let connected = connect(&target(string).unwrap());
    let mut connection =
        connected.map_err(|error| format!("{error} {:?}", error.primary().notes))?;
    let row = connection.client.query_one("select pg_is_in_recovery()", &[]).unwrap();
    Ok(if row.get(0) { "standby" } else { "primary" })
}

on_every_major! {
    fn target_session_attrs_choose_among_a_primary_and_a_standby(major: u16) {
        let (primary, standby) = (cluster(major), standby(major));
        for (order, hosts) in [("p,s", both([primary, &standby])), ("s,p", both([&standby, primary]))] {
            let first = if order == "p,s" { "primary" } else { "standby" };
            for (wanted, expected) in [
                ("any", first),
                ("read-write", "primary"),
                ("read-only", "standby"),
                ("primary", "primary"),
                ("standby", "standby"),
                ("prefer-standby", "standby"),
            ] {
                let found = kind(&format!("{hosts} target_session_attrs={wanted}"));
                assert_eq!(found.as_deref(), Ok(expected), "{order} {wanted}");
            }
        }
        let alone = both([primary, primary]);
        assert_eq!(kind(&format!("{alone} target_session_attrs=prefer-standby")).as_deref(), Ok("primary"));
        let error = kind(&format!("{alone} target_session_attrs=standby")).unwrap_err();
        assert!(error.contains("the server is not a standby"), "{error}");
        let alone = both([&standby, &standby]);
        for wanted in ["read-write", "primary"] {
            assert!(kind(&format!("{alone} target_session_attrs={wanted}")).is_err());
        }
    }

    fn sessions_that_are_read_only_by_default(db: &Database) {
        db.run(&format!("alter database \"{}\" set default_transaction_read_only = on", db.name()));
        let string = db.connection_string();
        assert_eq!(kind(&format!("{string} target_session_attrs=read-only")).as_deref(), Ok("primary"));
        let error = kind(&format!("{string} target_session_attrs=read-write")).unwrap_err();
        assert!(error.contains("sessions there are read-only"), "{error}");
    }

    fn hosts_that_cannot_be_reached_are_passed_by(db: &Database) {
        let string = db.connection_string();
        let value = |key: &str| string.split_whitespace().find_map(|it| it.strip_prefix(key)).unwrap();
        let hosts = format!("127.0.0.1,no-such-host.invalid,{}", value("host="));
        let ports = format!("{},5432,{}", closed_port(), value("port="));
        let among = format!("host={hosts} port={ports} user=postgres dbname={}", db.name());
        assert_eq!(fares(&among, &[]), "postgres in the open");
    }
}

#[test]
fn a_host_that_is_silent_is_given_up_and_the_next_one_tried() {
    let (silent, good) = (Scripted::new(&["silence"]), Scripted::new(&[""]));
    let string = format!(
        "host=127.0.0.1,127.0.0.1 port={},{} user=u dbname=d sslmode=disable connect_timeout=1",
        silent.port, good.port
    );
    connect(&target(&string).unwrap()).unwrap();
    assert_eq!((silent.connections(), good.connections()), (1, 1));
}

#[test]
fn when_all_hosts_fail_each_is_named() {
    let (first, second) = (closed_port(), closed_port());
    let string = format!("host=127.0.0.1,127.0.0.1 port={first},{second} user=u dbname=d");
    let said = fares(&string, &[]);
    assert!(said.starts_with("11 "), "{said}");
    for port in [first, second] {
        assert!(said.contains(&format!("127.0.0.1:{port}")), "{said}");
    }
}

#[test]
fn a_host_that_refuses_the_user_speaks_for_all() {
    let (refuses, good) = (Scripted::new(&["28P01"]), Scripted::new(&[""]));
    let string = format!(
        "host=127.0.0.1,127.0.0.1 port={},{} user=u dbname=d sslmode=disable",
        refuses.port, good.port
    );
    assert!(connect(&target(&string).unwrap()).is_err());
    assert_eq!(good.connections(), 0);
}
