//! What stands in the README.

use std::fs;

use crate::stage::root;

/// A command, and what the README says it prints.
#[derive(Debug, PartialEq)]
pub struct Typed {
    pub command: String,
    pub expected: Vec<String>,
}

fn readme() -> String {
    fs::read_to_string(root().join("README.md")).unwrap().replace("\r\n", "\n")
}

/// The headings of the sections that have `console` blocks.
pub fn sections() -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut heading = String::new();
    let mut fenced = false;
    for line in readme().lines() {
        if line.starts_with("```") {
            fenced = !fenced;
        }
        if let (Some((_, words)), false) = (line.split_once("# "), fenced) {
            heading = words.to_owned();
        }
        if line == "```console" && found.last() != Some(&heading) {
            found.push(heading.clone());
        }
    }
    found
}

/// The blocks of a section in this language.
pub fn blocks(section: &str, language: &str) -> Vec<String> {
    let text = readme();
    let is_heading =
        |line: &str| line.starts_with('#') && line.trim_start_matches('#') == format!(" {section}");
    let mut lines = text.lines().skip_while(|line| !is_heading(line)).skip(1).peekable();
    assert!(lines.peek().is_some(), "README.md has no section `{section}`");
    let (mut blocks, mut block): (Vec<String>, Option<String>) = (Vec::new(), None);
    for line in lines {
        match &mut block {
            None if line.starts_with("## ") || line.starts_with("### ") => break,
            None if line.starts_with("```") => block = Some(format!("{line}\n")),
            None => {}
            Some(text) if line == "```" => {
                let whole = text.strip_prefix(&format!("```{language}\n")).map(str::to_owned);
                blocks.extend(whole);
                block = None;
            }
            Some(text) => *text += &format!("{line}\n"),
        }
    }
    blocks
}

/// The commands of a section, in their order.
///
/// A command begins with `$ `; one that the program itself shows in what it prints stands behind a line with `# `.
pub fn commands(section: &str) -> Vec<Typed> {
    let mut found: Vec<Typed> = Vec::new();
    for block in blocks(section, "console") {
        assert!(block.starts_with("$ "), "a block begins with what is typed:\n{block}");
        let mut before = "";
        for line in block.lines() {
            match (line.strip_prefix("$ "), before.starts_with("# ")) {
                (Some(command), false) => {
                    found.push(Typed { command: command.to_owned(), expected: Vec::new() });
                }
                _ => found.last_mut().unwrap().expected.push(line.to_owned()),
            }
            before = line;
        }
    }
    found
}
