//! Parameters that a deployment cannot do without and nobody gave.

use std::ops::Range;

use super::block::{blocks, literal, words};
use super::reach::Reach;
use crate::diagnostic::{Code, Diagnostic, SourceText};
use crate::project::{Parameters, Project};
use crate::sql::{Token, statements};

/// `current_setting('pgmi.x')` raises an error where `pgmi.x` is not set; with a second argument it does not.
pub(super) fn findings(project: &Project, parameters: &Parameters) -> Vec<Diagnostic> {
    let Some(script) = project.deploy_script() else { return Vec::new() };
    let reach = Reach::of(project);
    let files = project
        .files
        .iter()
        .filter(|file| file.path.is_sql_file() && reach.takes(file.path.as_str()))
        .map(|file| file.source());
    let sources: Vec<SourceText> = std::iter::once(script.source.clone()).chain(files).collect();
    let uses: Vec<Vec<Use>> = sources.iter().map(uses).collect();
    let is_guarded =
        |key: &str| uses.iter().flatten().any(|it| it.key == key && it.kind != Kind::Required);
    let mut told: Vec<&str> = Vec::new();
    let mut findings = Vec::new();
    for (source, used) in sources.iter().zip(&uses) {
        for it in used.iter().filter(|it| it.kind == Kind::Required) {
            let known = parameters.iter().any(|(key, _)| key.eq_ignore_ascii_case(&it.key));
            if known || is_guarded(&it.key) || told.contains(&it.key.as_str()) {
                continue;
            }
            told.push(&it.key);
            findings.push(missing(source, it));
        }
    }
    findings
}

#[derive(PartialEq, Eq)]
enum Kind {
    /// Its absence is an error.
    Required,
    /// It may be missing, or the deployment sets it itself.
    Optional,
}

struct Use {
    key: String,
    span: Range<usize>,
    kind: Kind,
}

/// Of code that runs when it is deployed: statements and DO blocks, not the bodies of functions.
fn uses(source: &SourceText) -> Vec<Use> {
    let sql = source.text();
    let mut found = Vec::new();
    for statement in statements(sql) {
        let mut tokens = words(sql, statement.span.clone());
        if statement.starts_with(sql, &["do"]) {
            tokens.extend(blocks(sql, &statement).iter().flat_map(|block| block.words()));
        }
        found.extend((0..tokens.len()).filter_map(|at| setting(sql, &tokens[at..])));
    }
    found
}

fn setting(sql: &str, tokens: &[Token]) -> Option<Use> {
    let [function, open, name, behind, ..] = tokens else { return None };
    let reads = function.is_word(sql, "current_setting");
    let sets = function.is_word(sql, "set_config");
    if !(reads || sets) || !open.is_symbol(sql, "(") {
        return None;
    }
    let key = literal(sql, name)?.strip_prefix("pgmi.")?.to_ascii_lowercase();
    let required = reads && behind.is_symbol(sql, ")");
    let kind = if required { Kind::Required } else { Kind::Optional };
    Some(Use { key, span: name.span.clone(), kind })
}

fn missing(source: &SourceText, it: &Use) -> Diagnostic {
    let key = &it.key;
    Diagnostic::error(Code::ParameterMissing, format!("the parameter `{key}` is not given"))
        .at(source, it.span.clone(), "an error where it is not set")
        .help(format!("add --param {key}=…, or a default in pgmi.yaml below params"))
        .help(format!("or let it be optional: current_setting('pgmi.{key}', true) is NULL then"))
}
