//! How long calls of bindings take beside code by hand, and whole processes: `compile` beside sqlx and cornucopia, `deploy` beside psql, `describe` and `index`
//! beside their budgets, `tests` beside themselves with one worker, `fixtures` beside sqlx.

mod binding;
mod compile;
mod deploy;
mod describe;
mod fixtures;
mod index;
mod measure;
mod program;
mod tests;

use std::error::Error;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (name, numbers) = arguments.split_first().ok_or(USAGE)?;
    let numbers = numbers.iter().map(|text| text.parse()).collect::<std::result::Result<_, _>>()?;
    match name.as_str() {
        "binding" => binding::run(&Numbers(numbers)),
        "compile" => compile::run(&Numbers(numbers)),
        "deploy" => deploy::run(&Numbers(numbers)),
        "describe" => describe::run(&Numbers(numbers)),
        "fixtures" => fixtures::run(&Numbers(numbers)),
        "index" => index::run(&Numbers(numbers)),
        "tests" => tests::run(&Numbers(numbers)),
        _ => Err(USAGE.into()),
    }
}

const USAGE: &str = "write binding [CALLS [ROUNDS [MAJOR]]], compile [QUERIES [ROUNDS [MAJOR]]], deploy [FILES [ROUNDS [MAJOR]]], describe [QUERIES [ROUNDS [MAJOR]]], index [TABLES [ROUNDS [MAJOR]]], tests [FOLDERS [ROUNDS [MAJOR]]] or fixtures [MIGRATIONS [ROUNDS [MAJOR]]]";

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
