//! `tests/transcripts/*.console`: what a person types and reads, command by command, in a new folder.
//!
//! | line | |
//! |---|---|
//! | `$ cargo pgmi …` | runs it; `{database}` is a name that nobody uses |
//! | `$ cat FILE`, `$ rm FILE`, `$ cargo new …` | prepares, or shows a file |
//! | others | stdout, then stderr with `! ` in front, then `? CODE` where that is not 0 |
//!
//! Durations, versions of PostgreSQL and paths of this machine are blanked. `PGMI_BLESS=1` writes what is said.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use pgmi_tests::{Command, Database, Project, cluster};

const MAJOR: u16 = 18;

#[test]
fn are_as_they_were_written_down() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("transcripts");
    let mut wrong = Vec::new();
    let mut number = 0;
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        number += 1;
        let expected = fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
        let said = play(&expected);
        if std::env::var_os("PGMI_BLESS").is_some() {
            fs::write(&path, said).unwrap();
        } else if said != expected {
            wrong.push(format!("{}\n--- expected\n{expected}\n--- said\n{said}", path.display()));
        }
    }
    assert!(
        number > 3 && wrong.is_empty(),
        "{}\nPGMI_BLESS=1 writes what is said",
        wrong.join("\n\n")
    );
}

/// Types every command of a transcript, and writes it anew.
fn play(transcript: &str) -> String {
    let project = Project::empty();
    let database = Database::missing(MAJOR);
    let mut said = String::new();
    for line in transcript.lines().filter(|line| line.starts_with("$ ") || line.starts_with('#')) {
        if said.len() > 1 && !line.starts_with('#') && !said.ends_with("#\n") && !is_comment(&said)
        {
            said.push('\n');
        }
        writeln!(said, "{line}").unwrap();
        if let Some(command) = line.strip_prefix("$ ") {
            let heard = run(&command.replace("{database}", database.name()), &project);
            said += &blank(&heard, &project, database.name());
        }
    }
    said
}

fn is_comment(said: &str) -> bool {
    said.lines().last().is_some_and(|line| line.starts_with('#'))
}

fn run(command: &str, project: &Project) -> String {
    let words: Vec<&str> = command.split_whitespace().collect();
    match words[..] {
        ["cat", file] => project.read(file),
        ["rm", file] => {
            fs::remove_file(project.join(file)).unwrap();
            String::new()
        }
        ["cargo", "pgmi", ..] => pgmi(&words[2..], project),
        _ => panic!("a transcript has a command that nobody knows: {command}"),
    }
}

fn pgmi(arguments: &[&str], project: &Project) -> String {
    let server = cluster(MAJOR).connection_string("postgres");
    let command = Command::new(arguments).current_dir(project.path());
    let command = command.env("PGMI_SERVER", &server).env("PGMI_CONNECTION_STRING", &server);
    let done = command.run();
    let mut said = done.stdout;
    for line in done.stderr.lines() {
        writeln!(said, "{}", format!("! {line}").trim_end()).unwrap();
    }
    match done.code {
        Some(0) => {}
        code => writeln!(said, "? {}", code.unwrap()).unwrap(),
    }
    said
}

/// What differs from one machine and one day to the next.
fn blank(text: &str, project: &Project, database: &str) -> String {
    let folder = project.path().canonicalize().unwrap();
    let text = text
        .replace(folder.to_str().unwrap(), "FOLDER")
        .replace(&folder.file_name().unwrap().to_string_lossy().into_owned(), "FOLDER")
        .replace(database, "{database}");
    let lines = text.lines().map(|line| {
        let words = line.split(' ').map(|word| {
            let number = word.trim_start_matches('[').trim_end_matches([':', ']']);
            let seconds = number.strip_suffix('s').is_some_and(|it| it.parse::<f64>().is_ok());
            if seconds { word.replace(number, "0.00s") } else { word.to_owned() }
        });
        let line = words.collect::<Vec<_>>().join(" ");
        match line.split_once(&format!("PostgreSQL {MAJOR}.")) {
            Some((before, rest)) => {
                let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
                format!("{before}PostgreSQL {MAJOR}.N{rest}")
            }
            None => line,
        }
    });
    let lines: Vec<_> = lines.map(|line| server(&line)).collect();
    let end = if lines.is_empty() { "" } else { "\n" };
    lines.join("\n") + end
}

/// The path of a socket, or an address: where this machine's server is.
fn server(line: &str) -> String {
    let words = line.split(' ').map(|word| {
        let is_socket = word.contains("/.s.PGSQL.");
        let is_address = word.starts_with("127.0.0.1:") || word.starts_with("localhost:");
        if is_socket || is_address { "SERVER" } else { word }
    });
    words.collect::<Vec<_>>().join(" ")
}
