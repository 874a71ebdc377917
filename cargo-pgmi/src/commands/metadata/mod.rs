//! `cargo pgmi metadata`: `<pgmi-meta>` blocks written, checked, and the plan they make.

mod plan;
mod scaffold;
mod validate;

use clap::{Args, Subcommand};

use self::plan::Plan;
use self::scaffold::Scaffold;
use self::validate::Validate;
use crate::output::Output;

/// Write and check `<pgmi-meta>` blocks, and show the plan that they make
#[derive(Args)]
#[command(after_help = HELP, arg_required_else_help = true, subcommand_required = true)]
pub struct Metadata {
    #[command(subcommand)]
    action: Action,
}

const HELP: &str = "\
Examples:
  cargo pgmi metadata plan                           # the rows of pgmi_plan_view
  cargo pgmi metadata scaffold db --write
  cargo pgmi metadata validate --json

Exit codes: 0 done; 1 `validate` found an id twice; 10 a block, or another file of the project,
is wrong.";

#[derive(Subcommand)]
enum Action {
    Scaffold(Scaffold),
    Validate(Validate),
    Plan(Plan),
}

impl Metadata {
    /// Runs the chosen action. Returns the exit code.
    pub fn run(&self, output: &Output) -> u8 {
        match &self.action {
            Action::Scaffold(scaffold) => output.conclude(scaffold.run(output)),
            Action::Validate(validate) => validate.run(output),
            Action::Plan(plan) => output.conclude(plan.run(output)),
        }
    }
}
