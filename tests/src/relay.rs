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
    cut: Arc<Mutex<Option<Cut>>>,
}

/// Where a connection is cut: in place of what would be passed on after so many others, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// What the client sends in one go. The server never hears of it.
    Request(usize),
    /// A message of the server. It has done what the client does not hear of.
    Answer(usize),
}

impl Cut {
    fn count(&mut self) -> &mut usize {
        match self {
            Self::Request(count) | Self::Answer(count) => count,
        }
    }
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
        let (wanted, cut) = (Arc::default(), Arc::default());
        let relay = Self { address, ready: Arc::default(), wanted, cut };
        let (ready, wanted, cut) = (relay.ready.clone(), relay.wanted.clone(), relay.cut.clone());
        let socket = socket.to_owned();
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                serve(client, &socket, &ready, &wanted, &cut);
            }
        });
        relay
    }

    /// Keeps answers back until the client has sent this many `Sync`s more: what it sends without waiting for an
    /// answer.
    pub fn hold_answers_until(&self, syncs: usize) {
        lock(&self.wanted).syncs = syncs;
    }

    /// Cuts one connection, once: the next one is passed on to its end.
    pub fn cut(&self, cut: Cut) {
        *lock(&self.cut) = Some(cut);
    }

    /// Whether what was to be cut has not come yet.
    pub fn is_to_cut(&self) -> bool {
        lock(&self.cut).is_some()
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

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether it is time to cut, now that one more of this kind has come.
fn is_time(cut: &Mutex<Option<Cut>>, is_this: impl Fn(Cut) -> bool) -> bool {
    let mut cut = lock(cut);
    let Some(left) = cut.as_mut().filter(|it| is_this(**it)).map(Cut::count) else { return false };
    if *left > 0 {
        *left -= 1;
        return false;
    }
    *cut = None;
    true
}

fn serve(
    mut client: TcpStream,
    socket: &Path,
    ready: &Arc<AtomicUsize>,
    wanted: &Arc<Mutex<Wanted>>,
    cut: &Arc<Mutex<Option<Cut>>>,
) {
    let mut server = UnixStream::connect(socket).expect("a server that listens");
    let (mut from_server, mut to_client) =
        (server.try_clone().expect("a descriptor"), client.try_clone().expect("a descriptor"));
    let mut answers_to = client.try_clone().expect("a descriptor");
    let (ready, kept) = (ready.clone(), wanted.clone());
    let wanted = wanted.clone();
    let (cut, cut_answers) = (cut.clone(), cut.clone());
    thread::spawn(move || {
        while let Some(message) = read_message(&mut from_server) {
            if is_time(&cut_answers, |it| matches!(it, Cut::Answer(_))) {
                let _ = from_server.shutdown(Shutdown::Both);
                break;
            }
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
            if is_time(&cut, |it| matches!(it, Cut::Request(_))) {
                let _ = client.shutdown(Shutdown::Both);
                break;
            }
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
