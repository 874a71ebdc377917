//! Where the answers come from: the lock, else PostgreSQL.

use pgmi_engine::Result;
use pgmi_engine::check::{Proof, Subject};
use pgmi_engine::manifest::CrateSettings;

/// What is proven of every query.
///
/// # Errors
/// Nothing covers the queries, and there is no PostgreSQL to ask, or none may be asked.
pub(crate) fn proof(subject: &Subject, settings: &CrateSettings, locked: bool) -> Result<Proof> {
    match Proof::of_lock(subject) {
        #[cfg(feature = "server")]
        Err(stale) if !locked => {
            server::ask(subject, settings).map_err(|error| server::unanswered(&stale, error))
        }
        // Without the feature nobody can be asked, locked or not.
        known => {
            let _ = (settings, locked);
            known
        }
    }
}

#[cfg(feature = "server")]
mod server {
    use pgmi_engine::analysis::{AnalyseRequest, analyse};
    use pgmi_engine::check::{Cache, Proof, Subject};
    use pgmi_engine::cluster::{Places, ServerRequest};
    use pgmi_engine::diagnostic::Code;
    use pgmi_engine::manifest::CrateSettings;
    use pgmi_engine::session::Interrupt;
    use pgmi_engine::{Error, Result};

    /// What PostgreSQL says.
    pub(super) fn ask(subject: &Subject, settings: &CrateSettings) -> Result<Proof> {
        let server = request(settings)?;
        let folder = server.places.cache.as_ref().map(|folder| folder.join("proofs"));
        let program = std::env::current_exe().ok();
        let cache = folder.map(|folder| Cache::new(folder, program.as_deref()));
        let request = AnalyseRequest { subject, server: &server, cache: cache.as_ref() };
        analyse(&request, &Interrupt::default())
    }

    /// Without a server a fresh lock would have done: say what it lacks, then where a server was looked for.
    pub(super) fn unanswered(stale: &Error, error: Error) -> Error {
        match error.code() {
            Code::ServerNotFound
            | Code::ConnectionSettings
            | Code::ConnectionFailed
            | Code::ClusterFailed => {
                let both = [stale.diagnostics(), error.diagnostics()].concat();
                Error::check(both).err().unwrap_or(error)
            }
            _ => error,
        }
    }

    /// `PGMI_SERVER`, else what the crate says.
    fn request(settings: &CrateSettings) -> Result<ServerRequest> {
        let text = |text: std::ffi::OsString| text.into_string().ok();
        let variables =
            std::env::vars_os().filter_map(|(name, value)| Some((text(name)?, text(value)?)));
        let (choice, said_by) = match std::env::var("PGMI_SERVER").ok().filter(|it| !it.is_empty())
        {
            Some(text) => (crate::said::choice("PGMI_SERVER", &text)?, "PGMI_SERVER"),
            None => (settings.server.clone(), "`server` in [package.metadata.pgmi]"),
        };
        Ok(ServerRequest {
            choice,
            major: settings.postgres,
            image: settings.image.clone(),
            places: Places::gather(|name| std::env::var_os(name)),
            environment: variables.collect(),
            said_by: Some(said_by),
        })
    }
}
