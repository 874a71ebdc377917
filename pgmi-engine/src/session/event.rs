//! What a deployment tells while it runs.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use postgres::error::DbError;

/// One thing that happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// The target database is missing and will be created.
    CreatingDatabase(String),
    /// The target database was dropped and created again.
    RecreatedDatabase(String),
    /// Another deployment holds the lock; who, in words.
    WaitingForLock(String),
    /// The session is being prepared.
    Preparing,
    /// So many files are loaded.
    FilesLoaded(usize),
    /// So many parameters are loaded.
    ParametersLoaded(usize),
    /// The deployment begins.
    Executing,
    /// PostgreSQL said something that is no error.
    Notice(Notice),
}

/// A `NoticeResponse`
/// ([protocol-error-fields](https://www.postgresql.org/docs/current/protocol-error-fields.html)).
#[derive(Clone, Debug)]
pub struct Notice {
    /// `NOTICE`, `WARNING`, `DEBUG`, …
    pub severity: String,
    /// Five characters; `00000` where nobody gave one.
    pub sqlstate: String,
    pub message: String,
    pub detail: Option<String>,
    pub hint: Option<String>,
}

/// Who is told; called from the thread that deploys.
pub type Events = Arc<dyn Fn(Event) + Send + Sync>;

/// Passes notices on while it is open: preparing and cleaning up are nobody's business.
#[derive(Clone)]
pub(crate) struct NoticeGate {
    open: Arc<AtomicBool>,
    events: Events,
}

impl NoticeGate {
    /// A closed gate.
    pub(super) fn new(events: Events) -> Self {
        Self { open: Arc::new(AtomicBool::new(false)), events }
    }

    pub(crate) fn set_open(&self, open: bool) {
        self.open.store(open, Ordering::Relaxed);
    }

    /// What a connection calls for each notice.
    pub(super) fn callback(&self) -> Arc<dyn Fn(DbError) + Send + Sync> {
        let gate = self.clone();
        Arc::new(move |notice| {
            if gate.open.load(Ordering::Relaxed) {
                (gate.events)(Event::Notice(Notice::from(&notice)));
            }
        })
    }
}

impl Notice {
    /// As reports write it: `WARNING: words`, then DETAIL and HINT.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = vec![format!("{}: {}", self.severity, self.message)];
        let further = [("DETAIL", &self.detail), ("HINT", &self.hint)];
        lines.extend(
            further.iter().filter_map(|(name, text)| Some(format!("{name}: {}", text.as_ref()?))),
        );
        lines
    }
}

impl From<&DbError> for Notice {
    fn from(notice: &DbError) -> Self {
        Self {
            severity: notice.severity().to_owned(),
            sqlstate: notice.code().code().to_owned(),
            message: notice.message().to_owned(),
            detail: notice.detail().map(str::to_owned),
            hint: notice.hint().map(str::to_owned),
        }
    }
}
