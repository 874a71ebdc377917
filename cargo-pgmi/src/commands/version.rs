//! `cargo pgmi version`: which pgmi this is, and what it works with.

use clap::Args;
use pgmi_engine::Result;
use pgmi_engine::cluster::SUPPORTED_MAJORS;
use pgmi_engine::session::API_VERSIONS;
use serde_json::json;

use crate::output::Output;

/// Show the version, and what it works with
#[derive(Args)]
#[command(after_help = HELP)]
pub struct Version {
    /// Print it as JSON on stdout
    #[arg(long)]
    json: bool,
}

const HELP: &str = "\
Examples:
  cargo pgmi version
  cargo pgmi version | head -1

Exit codes: 0.";

impl Version {
    /// Prints to stdout.
    ///
    /// # Errors
    /// As [`Output::payload`].
    pub fn run(&self, output: &Output) -> Result<()> {
        let version = env!("CARGO_PKG_VERSION");
        let rust = env!("CARGO_PKG_RUST_VERSION");
        let newest = API_VERSIONS.iter().max();
        let compat = newest.map_or_else(String::new, ToString::to_string);
        let system = format!("{} {}", std::env::consts::OS, std::env::consts::ARCH);
        let value = json!({
            "version": version,
            "compat": API_VERSIONS,
            "postgres": SUPPORTED_MAJORS,
            "rust": rust,
            "system": system,
        });
        output.answer(self.json, &value, || {
            let [oldest, .., newest] = SUPPORTED_MAJORS;
            format!(
                "pgmi {version} (compat {compat})\nPostgreSQL {oldest} to {newest}\n\
                 Rust {rust} or newer\n{system}"
            )
        })
    }
}
