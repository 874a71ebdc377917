//! A deployment that is undone: the head really runs, the tail is only listed.

use std::ops::Range;

use super::deploy::Progress;
use super::failure::SendError;
use super::opened::Opened;
use super::watch::Watch;
use crate::Error;
use crate::diagnostic::SourceText;
use crate::project::{DeployScript, Script};

/// A statement of the tail, which a rehearsal does not run.
#[derive(Clone, Debug)]
pub struct NotRun {
    /// `deploy.sql`.
    pub source: SourceText,
    pub span: Range<usize>,
}

impl NotRun {
    /// Where it stands, counted from 1.
    pub fn line(&self) -> usize {
        self.source.line_column(self.span.start).line
    }

    /// Its first line.
    pub fn text(&self) -> &str {
        let text = self.source.text().get(self.span.clone()).unwrap_or_default();
        text.lines().next().unwrap_or_default()
    }
}

/// Runs the head up to where it would be committed, checks what COMMIT would check, and rolls back.
pub(super) fn rehearse(
    opened: &mut Opened,
    written: Option<&DeployScript>,
    script: &Script,
    watch: &Watch,
    progress: &mut Progress,
) -> Result<(), SendError> {
    let mut send = |text: &str| match watch.is_stopped() {
        true => Err(SendError::Stopped),
        false => opened.client.batch_execute(text).map_err(SendError::Refused),
    };
    if !written.is_some_and(DeployScript::opens_transaction) {
        send("begin")?;
    }
    send(script.head_without_end())?;
    // Constraints and triggers that wait for COMMIT.
    send("set constraints all immediate")?;
    send("rollback")?;
    progress.rehearsed();
    Ok(())
}

/// What only a rehearsal refuses: a script without a transaction of its own is given one.
pub(super) fn advise(error: Error) -> Error {
    match error.sqlstate() {
        Some("25001" | "2D000") => error.map(|finding| {
            finding.note("a rehearsal runs in a transaction, so that it can be rolled back")
        }),
        _ => error,
    }
}

/// The statements of the tail.
pub(super) fn tail(script: &Script) -> Vec<NotRun> {
    let tail = script.units.iter().skip(1);
    tail.map(|unit| {
        let (first, last) = (unit.span.start, unit.span.end.saturating_sub(1));
        let last = script.map.source_of(last);
        let span = script.map.source_of(first).start..last.end.max(last.start + 1);
        NotRun { source: script.source.clone(), span }
    })
    .collect()
}
