//! A relay between a client and a server's socket that sees what goes through.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Listens on a free port of 127.0.0.1 and passes everything on to the server's Unix socket.
pub struct Relay {
    address: SocketAddr,
    ready: Arc<AtomicUsize>,
}

impl Relay {
    /// A relay to a server's socket, `<folder>/.s.PGSQL.<port>`.
    pub fn to(socket: &Path) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let relay = Self { address: listener.local_addr().expect("a port"), ready: Arc::default() };
        let (ready, socket) = (relay.ready.clone(), socket.to_owned());
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                serve(client, &socket, &ready);
            }
        });
        relay
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

fn serve(mut client: TcpStream, socket: &Path, ready: &Arc<AtomicUsize>) {
    let mut server = UnixStream::connect(socket).expect("a server that listens");
    let (mut from_server, mut to_client) =
        (server.try_clone().expect("a descriptor"), client.try_clone().expect("a descriptor"));
    let ready = ready.clone();
    thread::spawn(move || {
        while let Some(message) = read_message(&mut from_server) {
            if message[0] == b'Z' {
                ready.fetch_add(1, Ordering::SeqCst);
            }
            if to_client.write_all(&message).is_err() {
                break;
            }
        }
        let _ = to_client.shutdown(Shutdown::Both);
    });
    thread::spawn(move || {
        let _ = std::io::copy(&mut client, &mut server);
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
