//! Who brings the same statements into a database. Each has them in the files that it wants.

use std::path::{Path, PathBuf};
use std::process::Command;

use pgmi_engine::cluster::Cluster;

use super::project::Generated;
use crate::measure::Series;
use crate::{Result, peers};

/// The database of every run.
pub(crate) const DATABASE: &str = "bench";

/// What we may not take more than 1.3 times as long as.
pub(crate) const PSQL: &str = "psql -f, one transaction";

/// How somebody is started: with the project, and the server.
type Start = fn(&Path, &Generated, &Cluster) -> Command;

/// Somebody, and how long they took.
pub(crate) struct Contestant {
    program: PathBuf,
    start: Start,
    pub(crate) series: Series,
    /// Why it takes no part any more.
    pub(crate) failed: Option<String>,
}

impl Contestant {
    fn new(name: &'static str, program: PathBuf, start: Start) -> Self {
        Self { program, start, series: Series::new(name), failed: None }
    }

    pub(crate) fn command(&self, project: &Generated, cluster: &Cluster) -> Command {
        (self.start)(&self.program, project, cluster)
    }
}

/// Those that are there, ours first; and the names of those that are not, with why.
pub(crate) fn contestants(pgmi: PathBuf) -> (Vec<Contestant>, Vec<(&'static str, String)>) {
    let wanted: [(&'static str, Result<PathBuf>, Start); 6] = [
        ("cargo pgmi deploy", Ok(pgmi), self::pgmi),
        (PSQL, there("psql"), psql),
        ("sqlx migrate", peers::build("migrate-sqlx"), sqlx),
        ("refinery", peers::build("migrate-refinery"), refinery),
        ("dbmate up", peers::dbmate().ok_or_else(|| "it is not there".into()), dbmate),
        ("sqitch deploy", there("sqitch"), sqitch),
    ];
    let (mut present, mut absent) = (Vec::new(), Vec::new());
    for (name, program, start) in wanted {
        match program {
            Ok(program) => present.push(Contestant::new(name, program, start)),
            Err(why) => absent.push((name, why.to_string())),
        }
    }
    (present, absent)
}

fn there(name: &str) -> Result<PathBuf> {
    peers::installed(name).ok_or_else(|| "it is not installed".into())
}

fn pgmi(program: &Path, project: &Generated, cluster: &Cluster) -> Command {
    let connection = cluster.connection_string(DATABASE);
    peers::command(program, &[&"pgmi", &"deploy", &project.pgmi(), &"--connection", &connection])
}

fn psql(program: &Path, project: &Generated, cluster: &Cluster) -> Command {
    let connection = cluster.connection_string(DATABASE);
    let quiet: [&dyn AsRef<std::ffi::OsStr>; 4] = [&"-X", &"-q", &"-v", &"ON_ERROR_STOP=1"];
    let mut command = peers::command(program, &quiet);
    command.args(["-d", &connection, "-f"]).arg(project.script());
    command
}

fn sqlx(program: &Path, project: &Generated, cluster: &Cluster) -> Command {
    peers::command(program, &[&project.numbered("sqlx"), &url(cluster)])
}

fn refinery(program: &Path, project: &Generated, cluster: &Cluster) -> Command {
    peers::command(program, &[&project.numbered("refinery"), &cluster.connection_string(DATABASE)])
}

fn dbmate(program: &Path, project: &Generated, cluster: &Cluster) -> Command {
    let folder = project.numbered("dbmate");
    let url = format!("{}&sslmode=disable", url(cluster));
    let places: [&dyn AsRef<std::ffi::OsStr>; 5] =
        [&"--url", &url, &"--migrations-dir", &folder, &"--no-dump-schema"];
    let mut command = peers::command(program, &places);
    command.arg("up");
    command
}

fn sqitch(program: &Path, project: &Generated, cluster: &Cluster) -> Command {
    let mut command = peers::command(program, &[&"deploy", &format!("db:pg:{DATABASE}")]);
    command
        .current_dir(project.sqitch())
        .env("SQITCH_FULLNAME", "Bench")
        .env("SQITCH_EMAIL", "bench@example.com")
        .env("PGHOST", cluster.home())
        .env("PGUSER", "postgres");
    command
}

/// For those who want a URL: the host is in its parameters.
fn url(cluster: &Cluster) -> String {
    let home = cluster.home().display().to_string().replace('/', "%2F");
    format!("postgres://postgres@localhost/{DATABASE}?host={home}")
}
