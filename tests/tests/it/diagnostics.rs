//! Every diagnostic as its reader sees it: `tests/diagnostics/<code>/` has a `bad` project with what is
//! said about it in `bad.stderr`, and a `good` one that shows how it is meant and deploys in silence.
//!
//! | file | |
//! |---|---|
//! | `bad/`, `good/` | the projects |
//! | `command` | `check`, where the projects are checked and not deployed; `PGMI_BLESS=1` generates what `good` lacks, and gives `bad` the same lock |
//! | `bad.arguments`, `good.arguments` | arguments, one a line; `--connection {connection}` when there is no such file |
//! | `bad.stderr` | the diagnostics; `PGMI_BLESS=1` writes it |

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use pgmi_engine::diagnostic::Code;
use pgmi_tests::{Command, Database, Finished, Project};

/// Messages of PostgreSQL change from one major to the next; these are the newest one's.
const MAJOR: u16 = 18;

#[test]
fn are_rendered_as_expected() {
    let wrong: Vec<String> = std::thread::scope(|scope| {
        let threads: Vec<_> =
            shown().into_iter().map(|code| scope.spawn(move || check(code))).collect();
        threads.into_iter().filter_map(|it| it.join().unwrap().err()).collect()
    });
    assert!(
        wrong.is_empty(),
        "{}\n\nPGMI_BLESS=1 writes what is said now into bad.stderr",
        wrong.join("\n\n")
    );
}

/// A name that cannot be checked out everywhere is made here.
#[cfg(unix)]
#[test]
fn a_name_that_a_session_cannot_hold_is_refused() {
    let project = Project::new([("deploy.sql", "select 1;"), ("a\\b.sql", "select 1;")]);
    let refused =
        pgmi_tests::pgmi(&["deploy", project.arg(), "-U", "app", "-d", "none"]).expect(10);
    assert!(refused.stderr.contains("error[file-name]"), "{}", refused.stderr);
    assert!(refused.stderr.contains("contains a backslash"), "{}", refused.stderr);
}

/// Codes that two projects in a folder cannot show: what they take, and where it is arranged.
const ELSEWHERE: &[(Code, &str)] = &[
    (Code::ConnectionLost, "a server that dies"),
    (Code::TransactionPooler, "a pooler in between"),
    (Code::ServerVersion, "a server that is too old"),
    (Code::DatabaseSetup, "a role that may not create databases"),
    (Code::ConcurrentDeploy, "two deployments at once"),
    (Code::DatabaseEncoding, "a database that is not UTF-8"),
    (Code::SessionFailed, "the session's own SQL would have to fail"),
    (Code::Interrupted, "a signal"),
    (Code::ServerNotFound, "a machine without PostgreSQL"),
    (Code::Usage, "the command line says it in its own way"),
    (Code::CatalogUnreadable, "a connection that breaks at the right moment"),
    (Code::InsufficientPrivilege, "a role that may not read the tables of a database in use"),
    (Code::Io, "whatever the operating system refuses"),
];

#[test]
fn no_code_without_an_example() {
    let shown: BTreeSet<&str> = shown().into_iter().map(Code::name).collect();
    let tests = sources_of_tests();
    let mut wrong = Vec::new();
    for &code in Code::ALL {
        let name = code.name();
        let has_folder = shown.contains(name);
        let is_named = tests.contains(&format!("Code::{code:?}"))
            || tests.contains(&format!("\"{name}\""))
            || tests.contains(&format!("[{name}]"));
        match (has_folder, ELSEWHERE.iter().any(|(it, _)| *it == code)) {
            (false, false) if !is_named => {
                wrong.push(format!("{name}: no tests/diagnostics/{name}"));
            }
            (true, true) => wrong.push(format!("{name}: has a folder, strike it from the list")),
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// All integration tests as one text, without the list above.
fn sources_of_tests() -> String {
    let texts = crate::tidy::rust_files(&root().join("tests"));
    let texts = texts.iter().map(|path| fs::read_to_string(path).unwrap());
    texts
        .flat_map(|text| {
            text.lines()
                .filter(|it| !it.starts_with("    (Code::"))
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .collect()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// The codes that have a folder. A folder of another name is a mistake.
fn shown() -> Vec<Code> {
    let folders = fs::read_dir(root().join("diagnostics")).unwrap();
    let names = folders.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names
        .map(|name| {
            let code = Code::ALL.iter().find(|code| code.name() == name);
            *code.unwrap_or_else(|| panic!("tests/diagnostics/{name}: there is no such code"))
        })
        .collect()
}

/// Runs both projects of a code and says what is not as it should be.
fn check(code: Code) -> Result<(), String> {
    let name = code.name();
    let folder = root().join("diagnostics").join(name);

    let is_bless = std::env::var_os("PGMI_BLESS").is_some();
    let is_checked = folder.join("command").exists();
    if is_bless && is_checked {
        bless(code, &folder);
    }
    let run =
        |which| if is_checked { look(&folder, "check", which) } else { deploy(&folder, which) };
    let (good, said) = run("good");
    if good.code != Some(0) || !said.is_empty() {
        return Err(format!("{name}: good should run in silence\n{}", good.stderr));
    }

    let (bad, said) = run("bad");
    let exit = if said.starts_with("warning") { 0 } else { code.outcome().exit_code() };
    if bad.code != Some(exit.into()) || !said.contains(&format!("[{name}]")) {
        return Err(format!("{name}: bad ended with {:?}\n{}", bad.code, bad.stderr));
    }
    let expected = folder.join("bad.stderr");
    if is_bless {
        fs::write(&expected, &said).unwrap();
    }
    let expected = fs::read_to_string(expected).unwrap_or_default().replace("\r\n", "\n");
    match said == expected {
        true => Ok(()),
        false => Err(format!("{name}\n--- expected\n{expected}\n--- said\n{said}")),
    }
}

/// Generates what a good project lacks. A bad one has the same lock, unless that is what is bad about it.
fn bless(code: Code, folder: &Path) {
    let (generated, _) = look(folder, "generate", "good");
    assert_eq!(generated.code, Some(0), "{}", generated.stderr);
    let lock = folder.join("bad/pgmi.lock");
    if lock.exists() && !matches!(code, Code::LockStale | Code::LockUnreadable) {
        fs::copy(folder.join("good/pgmi.lock"), lock).unwrap();
    }
}

/// Checks a project of the folder, or generates; also returns the diagnostics alone.
fn look(folder: &Path, command: &str, which: &str) -> (Finished, String) {
    let server = pgmi_tests::cluster(MAJOR).connection_string("postgres");
    let command = Command::new(&[command, which]).env("PGMI_SERVER", server);
    let finished = command.current_dir(folder).run();
    let said = diagnostics(&finished.stderr);
    (finished, said)
}

/// Deploys a project of the folder into a database of its own; also returns the diagnostics alone.
fn deploy(folder: &Path, which: &str) -> (Finished, String) {
    let database = Database::create(MAJOR);
    let file = folder.join(format!("{which}.arguments"));
    let arguments = fs::read_to_string(file).unwrap_or("--connection\n{connection}".to_owned());
    let mut all = vec!["deploy".to_owned(), which.to_owned()];
    all.extend(arguments.lines().map(|argument| {
        argument
            .replace("{connection}", &database.connection_string())
            .replace("{server}", &pgmi_tests::cluster(MAJOR).connection_string("postgres"))
            .replace("{database}", database.name())
    }));
    let finished = Command::new(&all).current_dir(folder).run();
    let said = diagnostics(&finished.stderr).replace(database.name(), "DATABASE");
    (finished, without_error_numbers(&said))
}

/// `(os error 111)` has another number on other systems.
fn without_error_numbers(text: &str) -> String {
    let mut parts = text.split("(os error ");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |said, part| {
        said + "(os error N" + part.trim_start_matches(|c: char| c.is_ascii_digit())
    })
}

/// What stderr has besides progress and notices.
fn diagnostics(stderr: &str) -> String {
    let is_progress = |line: &str| {
        ["Preparing ", "Loaded ", "Executing ", "OK ", "FAILED ", "Dropping ", "[pgmi] "]
            .iter()
            .any(|it| line.starts_with(it))
    };
    let is_diagnostic = |line: &str| line.starts_with("error[") || line.starts_with("warning[");
    let mut inside = false;
    let mut said = String::new();
    for line in stderr.lines() {
        inside = is_diagnostic(line) || inside && !is_progress(line);
        if inside {
            said += line.trim_end();
            said += "\n";
        }
    }
    said
}
