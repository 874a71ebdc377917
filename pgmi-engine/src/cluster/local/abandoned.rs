//! Cleaning up after a keeper that was killed before it could do so itself.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use super::account::Account;
use super::endpoint::Endpoint;
use super::lease::Lease;
use super::{HOME, sockets_of};

/// Removes every server below `base` that has no keeper.
///
/// The caller holds the lock of `base`, under which keepers are hired: a folder without a keeper
/// is not one that is about to get one.
pub(super) fn sweep(base: &Path, account: Account) {
    for entry in fs::read_dir(base).into_iter().flatten().flatten() {
        let a_home = entry.file_name().to_string_lossy().starts_with(HOME);
        if a_home && !Lease::is_attended(&entry.path()) {
            remove(&entry.path(), account);
        }
    }
}

/// Ends the server of a keeper that is gone, and removes its folders.
pub(super) fn remove(home: &Path, account: Account) {
    let server = server_of(home);
    // A number in a file proves little; that somebody listens on the server's socket does.
    if let Some((process, endpoint)) = server.filter(|(_, endpoint)| endpoint.answers()) {
        run(account, Command::new("kill").args(["-QUIT", &process.to_string()]));
        wait_until(|| !endpoint.answers());
    }
    // Processes of the server that are just ending may still be writing.
    wait_until(|| {
        run(account, Command::new("rm").arg("-rf").args([home, &sockets_of(home)]));
        !home.exists()
    });
}

/// As the server's user: its files may say anything, and root must not act on that.
fn run(account: Account, command: &mut Command) {
    account.apply(command);
    let _ = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
}

/// What a server says about itself:
/// [`postmaster.pid`](https://www.postgresql.org/docs/current/storage-file-layout.html).
pub(super) fn server_of(home: &Path) -> Option<(u32, Endpoint)> {
    let text = fs::read_to_string(home.join("data/postmaster.pid")).ok()?;
    let lines: Vec<_> = text.lines().map(str::trim).collect();
    let endpoint = Endpoint {
        sockets: PathBuf::from(lines.get(4)?),
        port: lines.get(3)?.parse().ok()?,
        password: None,
    };
    Some((lines.first()?.parse().ok()?, endpoint))
}

/// An instant, on most days; a busy machine takes longer, and PostgreSQL kills what has not ended of it within five
/// seconds.
fn wait_until(mut done: impl FnMut() -> bool) {
    for _ in 0..600 {
        if done() {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}
