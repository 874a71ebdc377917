//! How long calls of bindings take beside code by hand and other libraries, and whole processes: `build` and `compile`
//! beside sqlx and cornucopia, `deploy` beside psql and other tools, `describe` and `index` beside their budgets, `tests`
//! beside themselves with one worker, `fixtures` beside sqlx; `all` of them.

mod binding;
mod build;
mod compile;
mod deploy;
mod describe;
mod fixtures;
mod index;
mod machine;
mod measure;
mod peers;
mod program;
mod report;
mod tests;

use std::error::Error;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (name, rest) = arguments.split_first().ok_or(USAGE)?;
    if name == "all" {
        return report::run(rest);
    }
    let numbers = rest.iter().map(|text| text.parse()).collect::<std::result::Result<_, _>>()?;
    run(name, &Numbers(numbers))
}

fn run(name: &str, numbers: &Numbers) -> Result<()> {
    match name {
        "binding" => binding::run(numbers),
        "build" => build::run(numbers),
        "compile" => compile::run(numbers),
        "deploy" => deploy::run(numbers),
        "describe" => describe::run(numbers),
        "fixtures" => fixtures::run(numbers),
        "index" => index::run(numbers),
        "tests" => tests::run(numbers),
        _ => Err(USAGE.into()),
    }
}

const USAGE: &str = "write all [NAME...], binding [CALLS [ROUNDS [MAJOR]]], build [ROUNDS], \
    compile [QUERIES [ROUNDS [MAJOR]]], deploy [FILES [ROUNDS [MAJOR]]], describe [QUERIES [ROUNDS [MAJOR]]], index [TABLES [ROUNDS [MAJOR]]], \
    tests [FOLDERS [ROUNDS [MAJOR]]] or fixtures [MIGRATIONS [ROUNDS [MAJOR]]]";

/// What stands behind the name of a benchmark.
struct Numbers(Vec<usize>);

impl Numbers {
    fn get(&self, at: usize, default: usize) -> usize {
        self.0.get(at).copied().unwrap_or(default)
    }

    /// The major version of PostgreSQL; the newest that is there by default.
    fn major(&self) -> Result<Option<u16>> {
        Ok(self.0.get(2).map(|number| u16::try_from(*number)).transpose()?)
    }
}
