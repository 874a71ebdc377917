//! The to-do application's database, inside a program: `embedded-cli postgresql://app@localhost/todo` creates
//! it or brings it up to date.

use std::process::ExitCode;

use pgmi::{Embedded, embed};

static DATABASE: Embedded = embed!("../todo/db");

fn main() -> ExitCode {
    let Some(connection) = std::env::args().nth(1) else {
        eprintln!("usage: embedded-cli CONNECTION");
        return ExitCode::from(2);
    };
    match DATABASE.deploy(&connection, [("deployed_by", "embedded-cli")]) {
        Ok(report) => {
            println!("{}: {} files deployed", report.database, report.files_loaded);
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
