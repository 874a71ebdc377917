//! `cargo pgmi completion`: what a shell needs to complete `cargo pgmi …`.

use clap::{Args, Command, CommandFactory};
use clap_complete::{Generator, Shell, generate};
use pgmi_engine::Result;

use crate::Cargo;
use crate::output::Output;

/// Print a script that lets a shell complete `cargo pgmi`
#[derive(Args)]
#[command(after_help = HELP)]
pub struct Completion {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

const HELP: &str = "\
Examples:
  cargo pgmi completion bash > ~/.local/share/bash-completion/completions/cargo-pgmi.bash
      and in ~/.bashrc, behind bash-completion:
      source ~/.local/share/bash-completion/completions/cargo-pgmi.bash
  cargo pgmi completion zsh > ~/.zfunc/_cargo-pgmi   # a folder of $fpath; rustup's _cargo asks it
  cargo pgmi completion fish > ~/.config/fish/conf.d/cargo-pgmi.fish
  cargo pgmi completion powershell >> $PROFILE
  cargo pgmi completion elvish >> ~/.config/elvish/rc.elv

What completes `cargo` otherwise keeps doing so in bash, zsh and fish. Exit codes: 0.";

/// Bash has one function a command: ours comes in front of the one that is there.
const BASH: &str = include_str!("completion.bash");

impl Completion {
    /// Prints to stdout.
    ///
    /// # Errors
    /// As [`Output::payload`].
    pub fn run(&self, output: &Output) -> Result<()> {
        output.payload(self.script().trim_end())
    }

    fn script(&self) -> String {
        let mut cargo = Cargo::command();
        match self.shell {
            // Its completion of cargo calls the function `_cargo-<subcommand>`.
            Shell::Zsh => text(self.shell, &mut pgmi(&cargo), "cargo-pgmi"),
            // Scripts add to what completes cargo already, so only the names of helpers may meet.
            Shell::Fish => {
                text(self.shell, &mut cargo, "cargo").replace("__fish_cargo_", "__fish_cargo_pgmi_")
            }
            Shell::Bash => {
                let script = text(self.shell, &mut cargo, "cargo");
                let function = script.split("\nif [[ \"${BASH_VERSINFO[0]}\"").next();
                function.unwrap_or_default().replace("_cargo()", "_cargo_pgmi_words()")
                    + "\n"
                    + BASH
            }
            shell => text(shell, &mut cargo, "cargo"),
        }
    }
}

/// The command behind `cargo`, as one of its own.
fn pgmi(cargo: &Command) -> Command {
    let found = cargo.find_subcommand("pgmi").cloned().unwrap_or_default();
    found.name("cargo-pgmi").bin_name("cargo-pgmi")
}

fn text(shell: impl Generator, command: &mut Command, name: &str) -> String {
    let mut bytes = Vec::new();
    generate(shell, command, name, &mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}
