//! The crate's `Cargo.toml`: what is missing is added, and the rest stays as it is written.

use std::path::{Path, PathBuf};

use pgmi_engine::diagnostic::{Code, Diagnostic};
use pgmi_engine::{Error, Result};
use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, TableLike, Value};

use super::package::Package;
use super::step::{Action, Step};
use crate::whole_file;

/// Where crates find pgmi.
#[derive(Clone, Debug)]
pub enum Source {
    /// On crates.io.
    Published,
    /// In a clone on this machine.
    Clone(PathBuf),
}

impl Source {
    /// The clone that is named; else the one that this program was built from, where it still is.
    ///
    /// # Errors
    /// [`Code::Usage`] when there is no pgmi in the folder that is named.
    pub fn find(named: Option<&Path>) -> Result<Self> {
        let is_clone = |folder: &Path| {
            ["pgmi", "pgmi-build"].iter().all(|name| folder.join(name).join("Cargo.toml").is_file())
        };
        if let Some(folder) = named {
            let Ok(whole) = folder.canonicalize().and_then(std::path::absolute) else {
                return Err(no_clone(folder).into());
            };
            return if is_clone(&whole) {
                Ok(Self::Clone(whole))
            } else {
                Err(no_clone(folder).into())
            };
        }
        // Of a published crate this is a folder of Cargo's cache, beside which there is no `pgmi`.
        let built_from = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
        let clone = built_from.filter(|folder| is_clone(folder)).map(Path::to_owned);
        Ok(clone.map_or(Self::Published, Self::Clone))
    }

    /// What holds only on this machine.
    pub fn remark(&self) -> Option<String> {
        match self {
            Self::Published => None,
            Self::Clone(folder) => Some(format!(
                "The crate finds pgmi by path, in {}: until it is on crates.io, others need that clone, too\n",
                folder.display()
            )),
        }
    }

    /// The key of a dependency that says where it is.
    pub fn place(&self, name: &str) -> String {
        match self {
            Self::Published => format!("version = \"{}\"", env!("CARGO_PKG_VERSION")),
            Self::Clone(folder) => {
                format!("path = {}", Value::from(folder.join(name).to_string_lossy().as_ref()))
            }
        }
    }

    fn requirement(&self, name: &str) -> Value {
        match self {
            Self::Published => env!("CARGO_PKG_VERSION").into(),
            Self::Clone(folder) => {
                let path = folder.join(name);
                InlineTable::from_iter([("path", path.to_string_lossy().as_ref())]).into()
            }
        }
    }
}

fn no_clone(folder: &Path) -> Diagnostic {
    let message = format!("--pgmi: `{}` is no clone of pgmi", folder.display());
    Diagnostic::error(Code::Usage, message).help("name the folder that holds pgmi/ and pgmi-build/")
}

/// Adds what the crate lacks, and says what it did.
///
/// # Errors
/// [`Code::Configuration`] for what is not TOML; as [`whole_file::write`].
pub fn add(package: &Package, project: &Path, source: &Source) -> Result<Vec<Step>> {
    let manifest = &package.manifest;
    let text = std::fs::read_to_string(manifest).map_err(|error| {
        let message = format!("cannot read `{}`: {error}", manifest.display());
        Error::from(Diagnostic::error(Code::Io, message))
    })?;
    let mut document: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| {
        let message = format!("`{}` is not TOML: {}", manifest.display(), error.message());
        Error::from(Diagnostic::error(Code::Configuration, message))
    })?;
    let mut edit = Edit::default();
    edit.dependency(&mut document, "dependencies", "pgmi", source.requirement("pgmi"));
    edit.dependency(&mut document, "dependencies", "tokio", tokio());
    let build = source.requirement("pgmi-build");
    edit.dependency(&mut document, "build-dependencies", "pgmi-build", build);
    if let Some(project) = unusual(package, project) {
        edit.project(&mut document, &project);
    }
    let mut steps = Vec::new();
    if !edit.added.is_empty() {
        whole_file::write(manifest, &document.to_string())?;
        let remark = format!("added {}", edit.added.join(", "));
        steps.push(Step { action: Action::Updated, path: manifest.clone(), remark });
    }
    if !edit.kept.is_empty() {
        let why = format!("{}: there already", edit.kept.join(", "));
        steps.push(Step::kept(manifest, &why));
    }
    Ok(steps)
}

/// The runtime of the driver, and `#[tokio::main]`.
fn tokio() -> Value {
    let features = Array::from_iter(["macros", "rt-multi-thread"]);
    InlineTable::from_iter([("version", Value::from("1")), ("features", Value::from(features))])
        .into()
}

/// The project's folder from that of the crate, where builds would not find it by themselves.
fn unusual(package: &Package, project: &Path) -> Option<String> {
    let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let (root, project) = (absolute(package.root()), absolute(project));
    let below = match project.strip_prefix(&root) {
        Ok(below) => below.to_owned(),
        Err(_) => project,
    };
    let text = below.to_string_lossy().replace('\\', "/");
    (text != "db").then_some(text)
}

/// What was done to a manifest.
#[derive(Default)]
struct Edit {
    added: Vec<String>,
    kept: Vec<String>,
}

impl Edit {
    /// Adds a dependency at its place in the alphabet, where the others are at theirs.
    fn dependency(&mut self, document: &mut DocumentMut, kind: &str, name: &str, what: Value) {
        let item = document.entry(kind).or_insert_with(|| Item::Table(Table::new()));
        let Some(table) = item.as_table_like_mut() else { return };
        if table.contains_key(name) {
            self.kept.push(name.to_owned());
            return;
        }
        let was_sorted = table.iter().map(|(key, _)| key.to_owned()).is_sorted();
        table.insert(name, Item::Value(what));
        if was_sorted {
            table.sort_values();
        }
        self.added.push(format!("{name} to [{kind}]"));
    }

    /// Tells builds where the project is.
    fn project(&mut self, document: &mut DocumentMut, folder: &str) {
        let Some(metadata) = below(document.as_table_mut(), &["package", "metadata", "pgmi"])
        else {
            return;
        };
        if metadata.contains_key("project") {
            self.kept.push("project of [package.metadata.pgmi]".to_owned());
            return;
        }
        metadata.insert("project", Item::Value(folder.into()));
        self.added.push(format!("project = \"{folder}\" to [package.metadata.pgmi]"));
    }
}

/// The table behind these names; those that are missing are made, without headers of their own where they only
/// lead on.
fn below<'a>(table: &'a mut dyn TableLike, names: &[&str]) -> Option<&'a mut dyn TableLike> {
    let Some((name, rest)) = names.split_first() else { return Some(table) };
    let item = table.entry(name).or_insert_with(|| {
        let mut new = Table::new();
        new.set_implicit(!rest.is_empty());
        Item::Table(new)
    });
    below(item.as_table_like_mut()?, rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edited(text: &str) -> (String, Vec<String>, Vec<String>) {
        let mut document: DocumentMut = text.parse().unwrap();
        let mut edit = Edit::default();
        edit.dependency(&mut document, "dependencies", "pgmi", "0.1.0".into());
        edit.dependency(&mut document, "dependencies", "tokio", tokio());
        edit.dependency(&mut document, "build-dependencies", "pgmi-build", "0.1.0".into());
        edit.project(&mut document, "sql");
        (document.to_string(), edit.added, edit.kept)
    }

    #[test]
    fn what_is_there_stays_as_it_is_written() {
        let text = "# Mine.\n[package]\nname    = \"x\"   # aligned\n\n[dependencies]\nanyhow  =  \"1\"\n\
                    # Why zip.\nzip = { version = \"2\",features=[] }\n\n[profile.dev]\ndebug = 1\n";
        let (edited, added, kept) = edited(text);
        assert_eq!(
            edited,
            "# Mine.\n[package]\nname    = \"x\"   # aligned\n\n[package.metadata.pgmi]\nproject = \"sql\"\n\n\
             [dependencies]\nanyhow  =  \"1\"\npgmi = \"0.1.0\"\n\
             tokio = { version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }\n\
             # Why zip.\nzip = { version = \"2\",features=[] }\n\n[profile.dev]\ndebug = 1\n\n\
             [build-dependencies]\npgmi-build = \"0.1.0\"\n"
        );
        assert_eq!((added.len(), kept.len()), (4, 0));
    }

    #[test]
    fn a_second_time_nothing_is_added() {
        let (once, ..) = edited("[package]\nname = \"x\"\n");
        let (twice, added, kept) = edited(&once);
        assert_eq!(twice, once);
        assert!(added.is_empty());
        assert_eq!(kept, ["pgmi", "tokio", "pgmi-build", "project of [package.metadata.pgmi]"]);
    }

    #[test]
    fn every_way_to_write_a_dependency_is_one() {
        let text = "[package]\nname = \"x\"\n[dependencies.pgmi]\npath = \"p\"\n[dependencies]\ntokio.workspace = true\n\
                    [build-dependencies]\n\"pgmi-build\" = { git = \"g\" }\n";
        let (_, added, kept) = edited(text);
        assert_eq!(kept, ["pgmi", "tokio", "pgmi-build"]);
        assert_eq!(added, ["project = \"sql\" to [package.metadata.pgmi]"]);
    }
}
