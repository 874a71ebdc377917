//! What `deploy.sql` executes: loops over files, and the files themselves.

use std::ops::Range;

use super::block::{blocks, literal};
use super::psql::{WithoutPsql, without_psql};
use super::reach::Reach;
use super::refusal::{is_transaction_command, must_stand_alone};
use crate::diagnostic::{Code, Diagnostic, Severity, SourceText};
use crate::project::{Project, copy_findings};
use crate::sql::{Statement, Token, statements};

/// The views whose rows are files.
const VIEWS: [&str; 2] = ["pgmi_plan_view", "pgmi_source_view"];

/// Loops that execute every file they find, SQL or not.
pub(super) fn loops(project: &Project) -> Vec<Diagnostic> {
    let Some(script) = project.deploy_script() else { return Vec::new() };
    let without = without_psql(&script.source);
    let sql = without.sql.as_str();
    let findings = statements(sql).filter_map(|statement| {
        let found = blocks(sql, &statement).into_iter().find_map(|block| {
            let words = block.words();
            executes_unfiltered(sql, &words)
        });
        found.map(|view| unfiltered(project, &script.source, &statement, &view))
    });
    findings.collect()
}

/// The view that a block reads and executes without asking what is SQL.
fn executes_unfiltered(sql: &str, words: &[Token]) -> Option<Token> {
    let has = |word: &str| words.iter().any(|token| token.is_word(sql, word));
    let names_sql = words
        .iter()
        .filter_map(|token| literal(sql, token))
        .any(|text| text.to_ascii_lowercase().contains("sql"));
    let filtered = has("is_sql_file") || has("extension") || has("pgmi_is_sql_file") || names_sql;
    if filtered || !has("execute") || !has("content") {
        return None;
    }
    words.iter().find(|token| VIEWS.iter().any(|view| token.is_word(sql, view))).cloned()
}

fn unfiltered(
    project: &Project,
    source: &SourceText,
    statement: &Statement,
    view: &Token,
) -> Diagnostic {
    let reach = Reach::of_stretch(project, source.text(), statement.span.clone());
    let other = project
        .files
        .iter()
        .find(|file| !file.path.is_sql_file() && reach.takes(file.path.as_str()));
    let plan = view.is_word(source.text(), VIEWS[0]);
    let help = if plan {
        "join pg_temp.pgmi_source_view using (path), and add: where is_sql_file"
    } else {
        "add to its condition: is_sql_file"
    };
    let finding = match other {
        Some(file) => Diagnostic::error(
            Code::ExecutesOtherFiles,
            format!("this loop executes files that are not SQL, such as {}", file.path.as_str()),
        ),
        None => Diagnostic::warning(
            Code::ExecutesOtherFiles,
            "this loop will execute the first file that is not SQL",
        ),
    };
    finding.at(source, view.span.clone(), "files of every kind are in here").help(help)
}

/// What EXECUTE refuses in literals of blocks that run.
pub(super) fn literals(project: &Project) -> Vec<Diagnostic> {
    let Some(script) = project.deploy_script() else { return Vec::new() };
    let without = without_psql(&script.source);
    let sql = without.sql.as_str();
    let blocks = statements(sql)
        .filter(|statement| statement.starts_with(sql, &["do"]))
        .flat_map(|statement| blocks(sql, &statement));
    let literals = blocks.flat_map(|block| executed_literals(sql, &block.words()));
    let findings = literals.filter_map(|token| {
        let text = literal(sql, &token)?;
        let name = statements(&text).find_map(|statement| must_stand_alone(&text, &statement))?;
        Some(from_function(&script.source, token.span, name))
    });
    findings.collect()
}

/// `execute '…'`, `execute format('…'`.
fn executed_literals(sql: &str, words: &[Token]) -> Vec<Token> {
    let literals = words.iter().enumerate().filter(|(_, token)| token.is_word(sql, "execute"));
    let literals = literals.filter_map(|(at, _)| {
        let is_format = words.get(at + 1)?.is_word(sql, "format");
        words.get(if is_format { at + 3 } else { at + 1 })
    });
    literals.cloned().collect()
}

/// What EXECUTE refuses in files and tests.
pub(super) fn files(project: &Project) -> Vec<Diagnostic> {
    let reach = Reach::of(project);
    let sources = project.files.iter().filter(|file| file.path.is_sql_file()).map(|file| {
        let executed = reach.takes(file.path.as_str());
        (file.source(), executed && !file.path.as_str().starts_with("./queries/"))
    });
    let tests = project
        .test_files
        .iter()
        .map(|test| (SourceText::new(test.path.as_str(), test.content.as_str()), true));
    sources.chain(tests).flat_map(|(source, executed)| in_file(&source, executed)).collect()
}

/// A file that is perhaps not executed gets warnings.
fn in_file(source: &SourceText, executed: bool) -> Vec<Diagnostic> {
    let WithoutPsql { sql, mut findings } = without_psql(source);
    let sql = sql.as_str();
    for statement in statements(sql) {
        if let Some(name) = must_stand_alone(sql, &statement) {
            findings.push(from_function(source, statement.span.clone(), name));
        }
        if is_transaction_command(sql, &statement) {
            findings.push(transaction_command(source, &statement));
            // The others of the file say the same.
            break;
        }
    }
    findings.extend(copy_findings(source).into_iter().map(|finding| {
        finding.help(
            "insert the rows from pg_temp.pgmi_source_view: put them into a file of the project",
        )
    }));
    findings.sort_by_key(|finding| finding.place().map_or(0, |place| place.span.start));
    if !executed {
        for finding in &mut findings {
            finding.severity = Severity::Warning;
            finding.notes.push("deploy.sql does not seem to execute this file".into());
        }
    }
    findings
}

fn from_function(source: &SourceText, span: Range<usize>, name: &str) -> Diagnostic {
    Diagnostic::error(Code::InTransaction, format!("{name} cannot be executed from a function"))
        .at(source, span, "EXECUTE runs inside a transaction")
        .help("put the statement itself behind COMMIT; in deploy.sql")
}

fn transaction_command(source: &SourceText, statement: &Statement) -> Diagnostic {
    Diagnostic::error(
        Code::TransactionInFile,
        "EXECUTE does not take commands that begin or end transactions",
    )
    .at(source, statement.span.clone(), "")
    .help("transactions are begun and ended in deploy.sql: take it out of this file")
}
