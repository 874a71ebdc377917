//! `cargo pgmi templates`: what `init` can begin with.

use std::fmt::Write;

use clap::{Args, Subcommand};
use pgmi_engine::Result;
use pgmi_engine::template::{TEMPLATES, Template, TemplateFile};
use serde_json::{Value, json};

use crate::output::Output;

/// Show what `cargo pgmi init` can begin with
#[derive(Args)]
#[command(after_help = HELP, arg_required_else_help = true, subcommand_required = true)]
pub struct Templates {
    #[command(subcommand)]
    action: Action,
}

const HELP: &str = "\
Examples:
  cargo pgmi templates list
  cargo pgmi templates describe app

Exit codes: 0 shown; 2 there is no such template.";

#[derive(Subcommand)]
enum Action {
    /// Name every template
    #[command(after_help = "Example:\n  cargo pgmi templates list --json\n\nExit codes: 0.")]
    List {
        /// Print them as JSON on stdout
        #[arg(long)]
        json: bool,
    },
    /// Show what a template writes
    #[command(after_help = HELP)]
    Describe {
        /// The template's name
        name: String,
        /// Print it as JSON on stdout, with the text of each file
        #[arg(long)]
        json: bool,
    },
}

impl Templates {
    /// Prints to stdout.
    ///
    /// # Errors
    /// As [`Template::named`].
    pub fn run(&self, output: &Output) -> Result<()> {
        match &self.action {
            Action::List { json } => output.answer(*json, &json!(TEMPLATES.map(brief)), list),
            Action::Describe { name, json } => {
                let template = Template::named(name)?;
                output.answer(*json, &whole(&template), || describe(&template))
            }
        }
    }
}

fn brief(template: Template) -> Value {
    json!({ "name": template.name, "description": template.summary })
}

fn whole(template: &Template) -> Value {
    let file = |file: &TemplateFile| json!({ "path": file.path, "purpose": file.purpose, "text": file.text });
    json!({
        "name": template.name,
        "description": template.summary,
        "files": template.files.iter().map(file).collect::<Vec<_>>(),
        "crate": template.crate_changes,
    })
}

fn list() -> String {
    let lines = TEMPLATES.map(|template| format!("{:<8} {}", template.name, template.summary));
    lines.join("\n")
}

fn describe(template: &Template) -> String {
    let mut text = format!("{}: {}\n", template.name, template.summary);
    for file in template.files {
        // Writing into a string cannot fail.
        let _ = write!(text, "\n  {:<30} {}", file.path, file.purpose);
    }
    if !template.crate_changes.is_empty() {
        text += "\n\nand in the crate beside it";
    }
    for change in template.crate_changes {
        let _ = write!(text, "\n  {change}");
    }
    text
}
