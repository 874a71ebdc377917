//! Case M of session API v1: only a connection is tried again, and only when it may help.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use pgmi_engine::connection::{ConnectOptions, Pause};

use super::silent::Scripted;
use super::target;

/// How a connection to a server with these answers goes: tries, waits in milliseconds, success.
fn run(answers: &'static [&'static str], patience: usize) -> (usize, Vec<u128>, bool) {
    let server = Scripted::new(answers);
    let waits = Arc::new(Mutex::new(Vec::new()));
    let heard = waits.clone();
    let pause: Pause = Arc::new(move |wait: Duration| {
        let mut waits = heard.lock().unwrap();
        waits.push(wait.as_millis());
        waits.len() <= patience
    });
    let options = ConnectOptions { pause: Some(pause), ..ConnectOptions::default() };
    let connected = target(&server.string()).unwrap().connect(options).is_ok();
    let waits = waits.lock().unwrap().clone();
    (server.connections(), waits, connected)
}

#[test]
fn case_m_transient_transient_ok_is_three_attempts() {
    let (tries, waits, connected) = run(&["57P03", "53300", ""], 9);
    assert_eq!((tries, waits.len(), connected), (3, 2, true));
}

#[test]
fn case_m_fatal_is_one_attempt() {
    assert_eq!(run(&["28P01"], 9), (1, vec![], false));
}

#[test]
fn case_m_always_transient_is_four_attempts() {
    let (tries, waits, connected) = run(&["57P03"], 9);
    assert_eq!((tries, connected), (4, false));
    for (wait, expected) in waits.iter().zip([100, 200, 400]) {
        assert!(wait.abs_diff(expected) <= expected / 10, "{waits:?}");
    }
    assert_eq!(waits.len(), 3);
}

#[test]
fn case_m_cancelled_while_waiting_stops() {
    let (tries, waits, connected) = run(&["57P03"], 0);
    assert_eq!((tries, waits.len(), connected), (1, 1, false));
    assert_eq!(run(&["57P03"], 1).0, 2);
}

#[test]
fn case_m_which_sqlstates_are_fatal_and_which_transient() {
    macro_rules! tries {
        ($($code:literal)*) => { [$(($code, run(&[$code], 9).0)),*] };
    }
    for (code, tries) in tries!["28P01" "3D000" "42601" "57014" "57P04"] {
        assert_eq!(tries, 1, "{code}");
    }
    for (code, tries) in tries!["08006" "53300" "57P01" "57P03" "40001" "40P01" "55P03"] {
        assert_eq!(tries, 4, "{code}");
    }
}
