//! Without the feature `tls` nothing can shake hands, and settings that insist on it are refused.

use postgres::NoTls;

use super::TlsSettings;
use crate::{Result, connection::settings::settings_error};

/// What no value is of.
#[derive(Clone)]
pub(in crate::connection) enum Tls {}

impl Tls {
    /// # Errors
    /// `connection-settings`, always.
    pub(in crate::connection) fn load(_: &TlsSettings) -> Result<Self> {
        Err(settings_error("sslmode asks for TLS, and this program was built without it")
            .help("build pgmi-build with its feature `tls`, which is on by default")
            .into())
    }

    pub(in crate::connection) fn connector(&self) -> NoTls {
        match *self {}
    }
}

#[cfg(test)]
mod tests {
    use super::super::{SslMode, Way};
    use super::*;
    use crate::connection::endpoint::{Endpoint, Host};
    use crate::connection::settings::Settings;

    #[test]
    fn only_what_insists_on_tls_is_refused() {
        let there = Endpoint { host: Host::Name("h".into()), address: None, port: 1 };
        let mut settings = TlsSettings::understand(&Settings::default()).unwrap();
        assert_eq!(settings.mode, SslMode::Prefer);
        assert_eq!(settings.ways(&there), [Way::Plain]);
        settings.mode = SslMode::Require;
        assert_eq!(settings.ways(&there), [Way::Tls]);
        let error = Tls::load(&settings).map(|_| ()).unwrap_err();
        assert!(error.primary().help[0].contains("`tls`"), "{error:?}");
    }
}
