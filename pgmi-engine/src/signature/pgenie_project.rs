//! `project1.pgn.yaml`: what pGenie knows of its project, read as it reads it.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::legacy;
use crate::Result;
use crate::diagnostic::{Code, Diagnostic, SourceText};

/// pGenie's version where the file says none.
const DEFAULT_POSTGRES: u32 = 18;

/// A project of pGenie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PgenieProject {
    pub space: String,
    pub name: String,
    pub version: String,
    /// The major version its SQL is for.
    pub postgres: u32,
    /// The names of what its generators made.
    pub artifacts: Vec<String>,
}

/// Unlike ours, its unknown keys are ignored: that is what its users rely on.
#[derive(Deserialize)]
struct Shape {
    space: String,
    name: String,
    version: String,
    postgres: Option<u32>,
    #[serde(default)]
    artifacts: Option<BTreeMap<String, serde::de::IgnoredAny>>,
}

impl PgenieProject {
    /// Reads the text of a `project1.pgn.yaml`.
    ///
    /// # Errors
    /// [`Code::PgenieProject`], at its place, for what pGenie refuses too.
    pub fn parse(source: &SourceText) -> Result<Self> {
        let shape: Shape = yaml_serde::from_str(source.text()).map_err(|error| {
            let said = error.to_string();
            let message = said.split(" at line ").next().unwrap_or(&said);
            let line = error.location().and_then(|at| source.line_span(at.line()));
            wrong(source, message, line.unwrap_or(0..0))
        })?;
        Ok(Self {
            space: name(source, "space", &shape.space)?,
            name: name(source, "name", &shape.name)?,
            version: version(source, shape.version)?,
            postgres: shape.postgres.unwrap_or(DEFAULT_POSTGRES),
            artifacts: shape.artifacts.unwrap_or_default().into_keys().collect(),
        })
    }
}

fn name(source: &SourceText, key: &str, written: &str) -> Result<String> {
    legacy::normalise(written).ok_or_else(|| {
        let message = format!("`{written}` is not a name: letters, digits, `_` or `-`");
        wrong(source, &message, super::file::place_of(source.text(), &[key])).into()
    })
}

fn version(source: &SourceText, written: String) -> Result<String> {
    let numbers = written.split('.').filter(|part| part.parse::<u64>().is_ok()).count();
    if numbers == 3 && written.split('.').count() == 3 {
        return Ok(written);
    }
    let message = format!("`{written}` is not a version like 1.0.0");
    Err(wrong(source, &message, super::file::place_of(source.text(), &["version"])).into())
}

fn wrong(source: &SourceText, message: &str, place: std::ops::Range<usize>) -> Diagnostic {
    Diagnostic::error(Code::PgenieProject, format!("`{}`: {message}", source.name()))
        .at(source, place, "")
        .help("mend it: pgmi reads what pGenie reads")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<PgenieProject> {
        PgenieProject::parse(&SourceText::new("project1.pgn.yaml", text))
    }

    #[test]
    fn reads_what_pgenie_reads() {
        let project = parse(
            "# Ours.\nspace: my_space\nname: Music-Catalogue\nversion: 1.0.10\npostgres: 15\nfuture: [1]\n\
             artifacts:\n  haskell: https://example.org/Gen.dhall\n  rust:\n    gen: ./gen\n    config:\n      deadpool: true\n",
        )
        .unwrap();
        assert_eq!(project.name, "music_catalogue");
        assert_eq!(project.version, "1.0.10");
        assert_eq!(project.postgres, 15);
        assert_eq!(project.artifacts, ["haskell", "rust"]);
        let least = parse("space: a\nname: b\nversion: 0.0.1\nartifacts:\n").unwrap();
        assert_eq!((least.postgres, least.artifacts.len()), (18, 0));
    }

    #[test]
    fn refuses_what_pgenie_refuses_at_its_place() {
        for (text, line) in [
            ("space: a\nname: b\nversion: 1.0\n", 3),
            ("space: a\nname: b\nversion: 1.0.0-rc\n", 3),
            ("space: a\nname: 1b\nversion: 1.0.0\n", 2),
            ("space: a\nname: b\nversion: 1.0.0\npostgres: new\n", 4),
            ("space: a\nversion: 1.0.0\n", 1),
            ("space: [\n", 1),
        ] {
            let error = parse(text).unwrap_err();
            let label = error.primary().place().unwrap();
            assert_eq!(error.code(), Code::PgenieProject);
            assert_eq!(label.source.line_column(label.span.start).line, line, "{text}: {error}");
        }
    }
}
