//! What is left for `query!` and `query_file!`.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io;
use std::path::{Path, PathBuf};

use pgmi_engine::check::{Refused, ResolvedQuery};
use pgmi_engine::codegen::{Binding, inline_bindings};
use pgmi_engine::diagnostic::Diagnostic;
use pgmi_engine::inline::left::{FOLDER, Refusal, SOURCES, Sources, binding_file, refusal_file};
use pgmi_engine::inline::{Inline, InlineQuery};
use pgmi_engine::signature::Signature;

use crate::compile::Made;
use crate::{directives, output};

/// What PostgreSQL says of the queries in Rust files, by their fingerprints.
pub(crate) struct Answers {
    signatures: HashMap<String, Signature>,
    refused: HashMap<String, Vec<Diagnostic>>,
}

impl Answers {
    pub fn new(resolved: &[ResolvedQuery], refused: &[Refused]) -> Self {
        let print = |query: &pgmi_engine::query::Query| query.fingerprint().to_owned();
        let signatures = resolved.iter().filter(|it| it.query.name.is_none());
        let refused = refused.iter().filter(|it| it.query.name.is_none());
        Self {
            signatures: signatures.map(|it| (print(&it.query), it.signature.clone())).collect(),
            refused: refused.map(|it| (print(&it.query), it.findings.clone())).collect(),
        }
    }

    pub fn signature(&self, one: &InlineQuery) -> Option<&Signature> {
        self.signatures.get(one.parsed().as_ref().ok()?.fingerprint())
    }

    /// What is wrong with a query, shown where it stands.
    fn findings(&self, one: &InlineQuery, all: &Inline) -> Vec<Diagnostic> {
        match one.parsed() {
            Err(findings) => findings.clone(),
            Ok(query) => {
                let findings = self.refused.get(query.fingerprint()).into_iter().flatten();
                // The finding may be about the same query as it is written elsewhere.
                findings.map(|it| all.located(one.located(it.clone()))).collect()
            }
        }
    }
}

/// Writes what has changed, and removes what is not needed any more.
pub(crate) fn write(out: &Path, found: &Inline, places: &[PathBuf], made: &Made) -> io::Result<()> {
    let mut files = BTreeMap::new();
    let places = places.iter().map(|it| it.display().to_string()).collect();
    let sources = Sources { places, modules: found.modules.clone() };
    files.insert(SOURCES.to_owned(), serde_json::to_string(&sources)?);
    bindings(found, made, &mut files);
    refusals(found, made, &mut files)?;
    output::write_all(&out.join(FOLDER), &files)
}

fn bindings(found: &Inline, made: &Made, files: &mut BTreeMap<String, String>) {
    let mut seen = HashSet::new();
    let known: Vec<_> = found
        .queries
        .iter()
        .filter(|it| seen.insert(it.key.as_str()))
        .filter_map(|it| {
            let (query, signature) = (it.parsed().as_ref().ok()?, made.inline.signature(it)?);
            Some((&it.key, Binding { query, signature }))
        })
        .collect();
    let bound: Vec<_> = known.iter().map(|(_, binding)| *binding).collect();
    let texts = inline_bindings(&bound, &made.types, &made.settings);
    files.extend(known.iter().zip(texts).map(|((key, _), text)| (binding_file(key), text)));
}

fn refusals(found: &Inline, made: &Made, files: &mut BTreeMap<String, String>) -> io::Result<()> {
    let mut refusals: BTreeMap<&str, Vec<Refusal>> = BTreeMap::new();
    for one in found.queries.iter().filter(|it| made.inline.signature(it).is_none()) {
        let findings = made.inline.findings(one, found);
        refusals.entry(&one.key).or_default().push(Refusal {
            file: one.place.file.name().to_owned(),
            line: one.place.line(),
            messages: findings.iter().map(directives::for_compiler).collect(),
        });
    }
    for (key, refusals) in refusals {
        files.insert(refusal_file(key), serde_json::to_string(&refusals)?);
    }
    Ok(())
}
