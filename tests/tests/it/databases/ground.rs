//! A crate with a project, and this program as its tests.

use std::path::{Path, PathBuf};
use std::process::Command;

use pgmi_tests::{Project, binaries, places, scratch};

/// A folder that tests take for that of their crate.
pub(super) struct Crate {
    folder: Project,
    cache: PathBuf,
}

/// What most of them deploy.
const DEPLOY: &str = "begin; create table t (id int primary key, note text); commit;";

impl Crate {
    /// One whose project makes the table `t`, on a server that is shared with others like it.
    pub(super) fn new(major: u16) -> Self {
        Self::with_cache(major, scratch().join("databases"))
    }

    /// The same with a folder of its own for what processes share, and so with a server of its own.
    pub(super) fn with_cache(major: u16, cache: PathBuf) -> Self {
        binaries(major);
        std::fs::create_dir_all(&cache).unwrap();
        // Servers are not installed again for it. Another test may have made the link already.
        let _ = std::os::unix::fs::symlink(places().servers().unwrap(), cache.join("servers"));
        let manifest = format!(
            "[package]\nname = \"app\"\n[package.metadata.pgmi]\npostgres = {major}\nserver = \"local\"\n"
        );
        let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/databases/fixtures");
        let fixture = |name: &str| std::fs::read_to_string(here.join(name)).unwrap();
        let folder = Project::new([
            ("Cargo.toml", manifest),
            ("db/deploy.sql", DEPLOY.to_owned()),
            ("tests/it/databases/fixtures/one.sql", fixture("one.sql")),
            ("tests/it/databases/fixtures/t.csv", fixture("t.csv")),
        ]);
        Self { folder, cache }
    }

    pub(super) fn write(&self, path: &str, text: &str) {
        self.folder.write(path, text);
    }

    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(super) fn cache(&self) -> &Path {
        &self.cache
    }

    /// The scenarios of this name, as a command that runs them.
    pub(super) fn command(&self, name: &str) -> Command {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command
            .args([scenario(name).as_str(), "--ignored"])
            .env("RUST_TEST_THREADS", "4")
            .env("CARGO_MANIFEST_DIR", self.folder.path())
            .env("PGMI_CACHE_DIR", &self.cache)
            .env("PGMI_STOCK_LINGER", "1")
            .env("RUST_BACKTRACE", "0")
            .env_remove("PGMI_KEEP")
            .env_remove("PGMI_SERVER")
            .env_remove("NEXTEST_RUN_ID");
        command
    }

    /// Whether all of them passed, and what was said.
    pub(super) fn run(&self, name: &str, variables: &[(&str, &str)]) -> (bool, String) {
        let output = self.command(name).envs(variables.iter().copied()).output().unwrap();
        let said = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8_lossy(&said).into_owned())
    }

    #[track_caller]
    pub(super) fn passes(&self, name: &str, count: usize) -> String {
        let (passed, said) = self.run(name, &[]);
        assert!(passed && said.contains(&format!("{count} passed; 0 failed")), "{said}");
        said
    }

    #[track_caller]
    pub(super) fn fails(&self, name: &str, count: usize) -> String {
        let (passed, said) = self.run(name, &[]);
        assert!(!passed && said.contains(&format!("0 passed; {count} failed")), "{said}");
        said
    }
}

/// The path of a scenario in this binary; they are beside this file in each.
fn scenario(name: &str) -> String {
    let here = module_path!().split_once("::").map_or("", |(_, here)| here);
    format!("{}scenarios::{name}", here.strip_suffix("ground").unwrap_or_default())
}
