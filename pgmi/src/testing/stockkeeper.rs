//! The process that makes databases ahead of time: this very program, run for one test, which then does
//! nothing else.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use pgmi_engine::shadow::stock::{Hours, StockAddress, keep_stock};

use super::case::Case;
use super::source::request;

/// Tells the process what it is, and where it is to listen.
const ORDERS: &str = "PGMI_STOCKKEEPER";

/// Starts one for the server that this test uses.
pub(super) fn start(case: &Case, socket: &Path) -> io::Result<Child> {
    let mut command = Command::new(std::env::current_exe()?);
    command
        .args([case.name(), "--exact", "--include-ignored", "--nocapture", "--test-threads=1"])
        .env(ORDERS, socket)
        .env("CARGO_MANIFEST_DIR", case.folder())
        .current_dir("/")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    // Ctrl-C in a terminal, or a runner that ends a test with all its processes, is not meant for it.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    command.spawn()
}

/// The orders of this process, if it is one.
pub(super) fn orders() -> Option<OsString> {
    std::env::var_os(ORDERS)
}

/// Keeps the stock until nobody asks any more.
pub(super) fn work(case: &Case, socket: &OsString) {
    // The one who waits for the socket sees that it does not come, and does without.
    let _ = try_work(case, &PathBuf::from(socket));
}

fn try_work(case: &Case, socket: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let request = request(case)?;
    let server = request.find_server()?;
    let address = StockAddress::of(&server, &request.folder()?);
    if address.socket() == socket {
        keep_stock(server, &address, &hours())?;
    }
    Ok(())
}

/// `PGMI_STOCK_LINGER`: how many seconds it waits for the next test. What was kept stays 360 times as long.
fn hours() -> Hours {
    let said = std::env::var("PGMI_STOCK_LINGER").ok().and_then(|it| it.parse().ok());
    match said.map(Duration::from_secs) {
        Some(linger) => Hours { linger, kept: linger.saturating_mul(360) },
        None => Hours::default(),
    }
}
