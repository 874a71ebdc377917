//! A server that says what it is told to.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Listens on a free port of 127.0.0.1; each connection is answered by the next of its answers.
pub(super) struct Scripted {
    pub(super) port: u16,
    connections: Arc<AtomicUsize>,
}

/// What a session begins with: `AuthenticationOk`, `ReadyForQuery`.
const WELCOME: &[u8] = b"R\0\0\0\x08\0\0\0\0Z\0\0\0\x05I";

impl Scripted {
    /// Answers with these SQLSTATEs, an empty one for success, `silence` for nothing at all; the last one
    /// for ever.
    pub(super) fn new(answers: &'static [&'static str]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let connections = Arc::new(AtomicUsize::new(0));
        let count = connections.clone();
        std::thread::spawn(move || {
            let mut held = Vec::new();
            for stream in listener.incoming().flatten() {
                let number = count.fetch_add(1, Ordering::SeqCst);
                held.push(answer(stream, answers[number.min(answers.len() - 1)]));
            }
        });
        Self { port, connections }
    }

    /// How often somebody connected.
    pub(super) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    pub(super) fn string(&self) -> String {
        format!("host=127.0.0.1 port={} user=u dbname=d sslmode=disable", self.port)
    }
}

/// Reads the startup message and answers. The stream is kept: closing it would be an answer, too.
fn answer(mut stream: TcpStream, sqlstate: &str) -> TcpStream {
    let mut length = [0; 4];
    if stream.read_exact(&mut length).is_ok() {
        let mut rest = vec![0; u32::from_be_bytes(length) as usize - 4];
        let _ = stream.read_exact(&mut rest);
    }
    let _ = match sqlstate {
        "silence" => Ok(()),
        "" => stream.write_all(WELCOME),
        sqlstate => stream.write_all(&error(sqlstate)),
    };
    stream
}

fn error(sqlstate: &str) -> Vec<u8> {
    let fields = format!("SFATAL\0VFATAL\0C{sqlstate}\0Mas it was told\0\0");
    let length = u32::try_from(fields.len() + 4).unwrap();
    [b"E", &length.to_be_bytes()[..], fields.as_bytes()].concat()
}
