//! A relay between a client and a server's socket that sees what goes through.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

/// The message `Sync`, which ends what one statement needs.
const SYNC: [u8; 5] = *b"S\0\0\0\x04";

/// Listens on a free port of 127.0.0.1 and passes everything on to the server's Unix socket.
pub struct Relay {
    address: SocketAddr,
    ready: Arc<AtomicUsize>,
    wanted: Arc<Mutex<Wanted>>,
}

/// How many messages of a client have to come before answers to them go on.
#[derive(Default)]
struct Wanted {
    syncs: usize,
    /// What came from the server meanwhile.
    answers: Vec<u8>,
}

impl Relay {
    /// A relay to a server's socket, `<folder>/.s.PGSQL.<port>`.
    pub fn to(socket: &Path) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("a port");
        let relay = Self { address, ready: Arc::default(), wanted: Arc::default() };
        let (ready, wanted) = (relay.ready.clone(), relay.wanted.clone());
        let socket = socket.to_owned();
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                serve(client, &socket, &ready, &wanted);
            }
        });
        relay
    }

    /// Keeps answers back until the client has sent this many `Sync`s more: what it sends without waiting for an
    /// answer.
    pub fn hold_answers_until(&self, syncs: usize) {
        lock(&self.wanted).syncs = syncs;
    }

    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// How often a server said `ReadyForQuery`: once when a session begins, once for each round trip.
    pub fn ready_count(&self) -> usize {
        self.ready.load(Ordering::SeqCst)
    }
}

/// The socket that a libpq connection string with `host` and `port` names.
pub fn socket_of(connection_string: &str) -> PathBuf {
    let value = |key: &str| {
        let word = connection_string.split_whitespace().find_map(|word| word.strip_prefix(key));
        word.unwrap_or_else(|| panic!("no {key} in {connection_string}"))
            .trim_matches('\'')
            .to_owned()
    };
    Path::new(&value("host=")).join(format!(".s.PGSQL.{}", value("port=")))
}

fn lock(wanted: &Mutex<Wanted>) -> MutexGuard<'_, Wanted> {
    wanted.lock().unwrap_or_else(PoisonError::into_inner)
}

fn serve(
    mut client: TcpStream,
    socket: &Path,
    ready: &Arc<AtomicUsize>,
    wanted: &Arc<Mutex<Wanted>>,
) {
    let mut server = UnixStream::connect(socket).expect("a server that listens");
    let (mut from_server, mut to_client) =
        (server.try_clone().expect("a descriptor"), client.try_clone().expect("a descriptor"));
    let mut answers_to = client.try_clone().expect("a descriptor");
    let (ready, kept) = (ready.clone(), wanted.clone());
    let wanted = wanted.clone();
    thread::spawn(move || {
        while let Some(message) = read_message(&mut from_server) {
            if message[0] == b'Z' {
                ready.fetch_add(1, Ordering::SeqCst);
            }
            let mut kept = lock(&kept);
            if kept.syncs > 0 {
                kept.answers.extend_from_slice(&message);
            } else if to_client.write_all(&message).is_err() {
                break;
            }
        }
        let _ = to_client.shutdown(Shutdown::Both);
    });
    thread::spawn(move || {
        // The first message of a session has no type, and is passed on with what follows it.
        let mut buffer = vec![0; 1 << 16];
        while let Ok(length @ 1..) = client.read(&mut buffer) {
            if server.write_all(&buffer[..length]).is_err() {
                break;
            }
            let syncs = buffer[..length].windows(SYNC.len()).filter(|it| it == &SYNC).count();
            let mut wanted = lock(&wanted);
            wanted.syncs = wanted.syncs.saturating_sub(syncs);
            if wanted.syncs == 0 {
                let answers = std::mem::take(&mut wanted.answers);
                let _ = answers_to.write_all(&answers);
            }
        }
        let _ = server.shutdown(Shutdown::Write);
    });
}

/// One message of the server, its type and length included; the client asks for no TLS.
fn read_message(server: &mut UnixStream) -> Option<Vec<u8>> {
    let mut message = vec![0; 5];
    server.read_exact(&mut message).ok()?;
    let length = u32::from_be_bytes(message[1..].try_into().ok()?) as usize;
    message.resize(1 + length, 0);
    server.read_exact(&mut message[5..]).ok()?;
    Some(message)
}
