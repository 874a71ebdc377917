//! Servers of every major. None is optional: what is missing is installed, or the test fails.

use std::sync::{Mutex, OnceLock};
use std::time::Duration;

use pgmi_engine::cluster::{Binaries, Cluster, Places, SUPPORTED_MAJORS, Settings, install};

/// Every major that pgmi supports.
pub fn majors() -> [u16; 5] {
    SUPPORTED_MAJORS
}

/// Where this process looks for servers, and installs them.
pub fn places() -> Places {
    Places::gather(|name| std::env::var_os(name))
}

/// The server programs of a major, fetched when they are missing.
pub fn binaries(major: u16) -> Binaries {
    static FOUND: Mutex<Vec<Binaries>> = Mutex::new(Vec::new());

    let mut found = FOUND.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    if let Some(known) = found.iter().find(|it| it.major == major) {
        return known.clone();
    }
    let places = places();
    let binaries = Binaries::find(&places, Some(major)).unwrap_or_else(|_| {
        let installed = install(&places, major);
        installed.unwrap_or_else(|error| panic!("PostgreSQL {major}: {error:?}")).into_binaries()
    });
    found.push(binaries.clone());
    binaries
}

/// What the servers of tests are started with.
pub fn settings() -> Settings {
    Settings { linger: Duration::from_secs(5), ..Settings::new(crate::scratch().join("data")) }
}

/// The server of a major that all tests share. It ends a little after the last of them.
pub fn cluster(major: u16) -> &'static Cluster {
    static CLUSTERS: [OnceLock<Cluster>; SUPPORTED_MAJORS.len()] =
        [const { OnceLock::new() }; SUPPORTED_MAJORS.len()];

    let index = SUPPORTED_MAJORS.iter().position(|it| *it == major);
    let index = index.unwrap_or_else(|| panic!("PostgreSQL {major} is not supported"));
    CLUSTERS[index].get_or_init(|| {
        Cluster::shared(&crate::scratch().join("shared"), &binaries(major), &settings())
            .unwrap_or_else(|error| panic!("PostgreSQL {major}: {error:?}"))
    })
}

/// A server of one's own.
pub fn isolated(major: u16) -> Cluster {
    isolated_with(major, |_| {})
}

/// A server of one's own with other settings.
pub fn isolated_with(major: u16, change: impl FnOnce(&mut Settings)) -> Cluster {
    let mut settings = settings();
    change(&mut settings);
    Cluster::start(&binaries(major), &settings)
        .unwrap_or_else(|error| panic!("PostgreSQL {major}: {error:?}"))
}
