//! A crate for each tool, with the same functions over the same queries. They are no members of the workspace, which
//! does not depend on the other tools, and stay in the target folder, so that their dependencies are built once.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::queries::{Query, edited, queries, table, tables};
use super::repository;
use super::tool::{TOOLS, Tool};
use crate::Result;

pub(crate) struct Krates {
    root: PathBuf,
    queries: Vec<Query>,
    tables: usize,
}

impl Krates {
    /// Writes all of them, with so many queries.
    pub(crate) fn write(count: usize, major: u16) -> Result<Self> {
        let this = std::env::current_exe()?;
        let root = this.ancestors().nth(2).ok_or("no target folder")?.join("bench-compile");
        let krates = Self { root, queries: queries(count), tables: tables(count) };
        fs::create_dir_all(&krates.root)?;
        let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize()?;
        let address = repository::snapshot(&workspace, &krates.root.join("pgmi.git"))?;
        for tool in TOOLS {
            krates.write_one(tool, major, &address)?;
            if tool.is_pgmi() {
                let lock = krates.folder(tool).join("Cargo.lock");
                fs::copy(workspace.join("Cargo.lock"), lock)?;
            }
        }
        Ok(krates)
    }

    fn write_one(&self, tool: Tool, major: u16, address: &str) -> Result<()> {
        let folder = self.folder(tool);
        for below in ["src", "db", "queries"] {
            let _ = fs::remove_dir_all(folder.join(below));
        }
        fs::create_dir_all(folder.join("src"))?;
        let dependencies = tool.dependencies(address);
        let manifest = package(tool.krate(), "[workspace]\n\n", major, &dependencies);
        write(&folder.join("Cargo.toml"), &manifest)?;
        if tool.is_pgmi() {
            let queries = folder.join(tool.queries());
            write(&queries.join("build.rs"), "fn main() {\n    pgmi_build::compile();\n}\n")?;
            for number in 0..self.tables {
                let path = format!("db/migrations/{number:03}.sql");
                write(&queries.join(path), &table(number))?;
            }
        }
        if tool == Tool::PgmiApart {
            let queries = folder.join(tool.queries());
            let manifest = package(tool.queries(), "", major, &Tool::pgmi(address));
            write(&queries.join("Cargo.toml"), &manifest)?;
            write(&queries.join("src/lib.rs"), "//! Bindings.\n\npgmi::include_queries!();\n")?;
        }
        for (path, text) in tool.files(&self.queries) {
            write(&folder.join(path), &text)?;
        }
        for module in 0..self.tables {
            self.write_module(tool, module, &self.queries)?;
        }
        self.edit_rust(tool, 0)
    }

    fn write_module(&self, tool: Tool, module: usize, queries: &[Query]) -> Result<()> {
        let within: Vec<_> = queries.iter().filter(|it| it.module() == module).collect();
        write(&self.folder(tool).join(format!("src/thing_{module:03}.rs")), &tool.module(&within))
    }

    /// Changes Rust that has nothing to do with queries.
    pub(crate) fn edit_rust(&self, tool: Tool, edit: usize) -> Result<()> {
        let mut text = String::from("//! As many functions as queries.\n\n");
        for module in 0..self.tables {
            _ = writeln!(text, "pub mod thing_{module:03};");
        }
        if tool == Tool::Pgmi {
            text.push_str("\npub mod db {\n    pgmi::include_queries!();\n}\n");
        }
        _ = writeln!(text, "\npub fn edited() -> usize {{\n    {edit}\n}}");
        write(&self.folder(tool).join("src/lib.rs"), &text)
    }

    /// Makes the first query another one.
    pub(crate) fn edit_query(&self, tool: Tool, edit: usize) -> Result<()> {
        let module = self.queries.iter().filter(|it| it.module() == 0).skip(1);
        let mut all = vec![edited(edit)];
        all.extend(module.map(|it| Query { sql: it.sql.clone(), ..*it }));
        if !tool.has_files() {
            return self.write_module(tool, 0, &all);
        }
        match tool.files(&all).into_iter().next() {
            Some((path, text)) => write(&self.folder(tool).join(path), &text),
            None => Ok(()),
        }
    }

    /// A module with every edit that is going to be, for what has to be prepared; none without any.
    pub(crate) fn write_edits(&self, tool: Tool, edits: usize) -> Result<()> {
        let path = self.folder(tool).join("src/thing_000.rs");
        let mut text = String::new();
        for edit in 0..edits {
            _ = writeln!(
                text,
                "pub mod edit_{edit} {{{}}}",
                tool.module(&[&edited(edit)]).replace("//!", "//")
            );
        }
        write(&path, &text)
    }

    /// The first module as it was written first.
    pub(crate) fn restore(&self, tool: Tool) -> Result<()> {
        self.write_module(tool, 0, &self.queries)
    }

    pub(crate) fn schema(&self) -> String {
        (0..self.tables).map(table).collect()
    }

    pub(crate) fn folder(&self, tool: Tool) -> PathBuf {
        self.root.join(tool.krate())
    }

    /// Where what is not a crate is.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Cargo for one of them.
    pub(crate) fn cargo(&self, words: &[&str], tool: Tool) -> Command {
        let mut command = Command::new("cargo");
        command.args(words).arg("--quiet").current_dir(self.folder(tool));
        command.env("CARGO_TARGET_DIR", self.root.join("target"));
        command
    }
}

fn package(name: &str, workspace: &str, major: u16, dependencies: &str) -> String {
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n{workspace}\
         [package.metadata.pgmi]\npostgres = {major}\n\n[dependencies]\n{dependencies}"
    )
}

fn write(path: &Path, text: &str) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    Ok(fs::write(path, text)?)
}
