//! Which files a deployment executes, as far as its text tells: those whose paths its literals name.

use std::ops::Range;

use super::block::{blocks, literal, words};
use crate::project::Project;
use crate::sql::statements;

/// What a script names.
pub(super) struct Reach {
    /// Parts of paths; empty when the script chooses no files by name, and so may take all of them.
    parts: Vec<String>,
}

impl Reach {
    /// Of the whole `deploy.sql`.
    pub(super) fn of(project: &Project) -> Self {
        let sql = project.deploy_script().map_or("", |script| script.source.text());
        Self::of_stretch(project, sql, 0..sql.len())
    }

    /// Of one statement of it.
    pub(super) fn of_stretch(project: &Project, sql: &str, span: Range<usize>) -> Self {
        let mut found = Vec::new();
        for statement in statements(&sql[span.clone()]) {
            let statement = crate::sql::Statement {
                span: statement.span.start + span.start..statement.span.end + span.start,
                ..statement
            };
            let mut tokens = words(sql, statement.span.clone());
            tokens.extend(blocks(sql, &statement).iter().flat_map(|block| block.words()));
            found.extend(tokens.iter().filter_map(|token| literal(sql, token)));
        }
        let parts = found.iter().map(|text| part_of(text)).filter(|part| part.len() >= 3);
        let is_path =
            |part: &String| project.files.iter().any(|it| it.path.as_str().contains(part));
        Self { parts: parts.filter(is_path).collect() }
    }

    /// Whether a file is likely to be executed.
    pub(super) fn takes(&self, path: &str) -> bool {
        self.parts.is_empty() || self.parts.iter().any(|part| path.contains(part))
    }
}

/// A literal without what patterns add at its ends: `%`, `^`, `$`, `.*`, backslashes.
fn part_of(text: &str) -> String {
    let plain = text.replace('\\', "");
    let plain = plain.trim_start_matches(['^', '%', '*']).trim_end_matches(['%', '$', '*']);
    plain.strip_suffix("/.").map_or_else(|| plain.to_owned(), |rest| format!("{rest}/"))
}
