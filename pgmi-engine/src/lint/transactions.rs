//! `deploy.sql` itself: which statement runs in which transaction.

use std::ops::Range;

use super::block::blocks;
use super::psql::{WithoutPsql, without_psql};
use super::refusal::must_stand_alone;
use crate::diagnostic::{Code, Diagnostic, SourceText};
use crate::project::{DeployScript, Project, TransactionEffect, transaction_effect};
use crate::sql::{Statement, TokenKind, statements};

/// Findings about transactions, in the order of the script.
pub(super) fn findings(project: &Project) -> Vec<Diagnostic> {
    let Some(script) = project.deploy_script() else { return Vec::new() };
    let WithoutPsql { sql, findings: of_psql } = without_psql(&script.source);
    let sql = sql.as_str();
    let all: Vec<Statement> = statements(sql).filter(|statement| !statement.is_empty).collect();
    let mut walk = Walk { script, count: all.len(), begin: None, tail: false, findings: vec![] };
    for statement in &all {
        walk.statement(sql, statement);
    }
    let mut findings = walk.end();
    if !of_psql.is_empty() {
        findings.extend(of_psql);
        findings.sort_by_key(|finding| finding.place().map_or(0, |place| place.span.start));
    }
    findings
}

struct Walk<'a> {
    script: &'a DeployScript,
    count: usize,
    /// The statement that began the transaction that is open.
    begin: Option<Range<usize>>,
    /// Behind the first end of a transaction, where each statement is a message of its own.
    tail: bool,
    findings: Vec<Diagnostic>,
}

impl Walk<'_> {
    fn statement(&mut self, sql: &str, statement: &Statement) {
        if self.script.test_calls.iter().any(|call| call.span.start == statement.span.start) {
            self.test_call(statement);
        }
        if let Some(name) = must_stand_alone(sql, statement) {
            self.stands_alone(statement, name);
        }
        if statement.starts_with(sql, &["do"]) {
            self.block(sql, statement);
        }
        if let Some(effect) = transaction_effect(sql, statement) {
            self.transaction(statement, effect);
        }
    }

    fn test_call(&mut self, statement: &Statement) {
        if self.begin.is_none() {
            self.findings.push(
                Diagnostic::error(
                    Code::NotInTransaction,
                    "CALL pgmi_test() sets savepoints, and no transaction is open here",
                )
                .at(self.source(), statement.span.clone(), "this needs a transaction")
                .help("put it between BEGIN; and COMMIT;"),
            );
        }
    }

    /// Whether a statement here shares its message or its transaction with others.
    fn is_shared(&self) -> bool {
        self.begin.is_some() || (!self.tail && self.count > 1)
    }

    fn stands_alone(&mut self, statement: &Statement, name: &str) {
        if !self.is_shared() {
            return;
        }
        let finding = Diagnostic::error(
            Code::InTransaction,
            format!("{name} cannot run inside a transaction block"),
        )
        .at(self.source(), statement.span.clone(), "");
        let finding = match &self.begin {
            Some(begin) => {
                finding.and_at(self.source(), begin.clone(), "the transaction begins here")
            }
            None => finding
                .note("everything up to the first COMMIT is one message, which is one transaction"),
        };
        self.findings.push(finding.help(
            "put the statement behind COMMIT;, at the end of deploy.sql, where each statement runs by itself",
        ));
    }

    /// A block that ends transactions needs to begin outside of one.
    fn block(&mut self, sql: &str, statement: &Statement) {
        if !self.is_shared() {
            return;
        }
        let ends = blocks(sql, statement).into_iter().find_map(|block| {
            let words = block.words();
            let pair = words.windows(2).find(|pair| {
                let ends = ["commit", "rollback"].iter().any(|it| pair[0].is_word(sql, it));
                ends && pair[1].kind == TokenKind::Semicolon
            });
            pair.map(|pair| pair[0].span.clone())
        });
        if let Some(span) = ends {
            self.findings.push(
                Diagnostic::error(
                    Code::InTransaction,
                    "a block cannot end a transaction that began outside of it",
                )
                .at(self.source(), span, "")
                .help("a block that commits must be a statement of its own behind COMMIT;"),
            );
        }
    }

    fn transaction(&mut self, statement: &Statement, effect: TransactionEffect) {
        use TransactionEffect as Effect;
        let opens = matches!(effect, Effect::Opens);
        match &self.begin {
            Some(begin) if opens => self.findings.push(
                Diagnostic::warning(Code::TransactionUnbalanced, "a transaction is open already")
                    .at(self.source(), statement.span.clone(), "this does nothing")
                    .and_at(self.source(), begin.clone(), "it began here")
                    .help("take it out, or put COMMIT; before it"),
            ),
            None if !opens => self.findings.push(
                Diagnostic::warning(Code::TransactionUnbalanced, "there is no transaction to end")
                    .at(self.source(), statement.span.clone(), "")
                    .help("put BEGIN; before what belongs together"),
            ),
            _ => {}
        }
        let stays = matches!(effect, Effect::CommitsAndChains | Effect::RollsBackAndChains);
        self.tail |= !opens && effect != Effect::Keeps;
        self.begin = (opens || stays).then(|| self.begin.clone().unwrap_or(statement.span.clone()));
    }

    fn end(mut self) -> Vec<Diagnostic> {
        if let Some(begin) = self.begin.clone() {
            self.findings.push(
                Diagnostic::error(
                    Code::TransactionLeftOpen,
                    "deploy.sql ends inside a transaction: its work is rolled back",
                )
                .at(self.source(), begin, "nothing from here on is committed")
                .help("end it with COMMIT; (or with ROLLBACK; if this is a rehearsal)"),
            );
        }
        self.findings
    }

    fn source(&self) -> &SourceText {
        &self.script.source
    }
}
