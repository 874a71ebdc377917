//! The cases of `tests/index`: what is expected of them.

use std::fs;
use std::path::{Path, PathBuf};

use pgmi_tests::Database;
use postgres::Client;

/// A folder of `tests/index`.
pub(super) struct Case {
    pub name: String,
    pub folder: PathBuf,
    pub schema: String,
    pub since: u16,
    pub needs: Option<String>,
    pub nothing: bool,
    /// Each with its alternatives; and whether it may be left out.
    pub creates: Vec<(Vec<String>, bool)>,
    pub drops: Vec<(String, bool)>,
    pub unused: Vec<(String, bool)>,
    pub unhelped: Vec<(String, bool)>,
    pub lints: Vec<(String, bool)>,
}

/// All cases; `PGMI_TEST_INDEX` chooses those whose names have it.
pub(super) fn cases() -> Vec<Case> {
    let wanted = std::env::var("PGMI_TEST_INDEX").unwrap_or_default();
    let folders = fs::read_dir(root()).unwrap().map(|entry| entry.unwrap().path());
    let mut folders: Vec<_> = folders.filter(|path| path.is_dir()).collect();
    folders.sort();
    let mut cases: Vec<_> = folders.iter().map(|folder| case(folder)).collect();
    cases.retain(|case| case.name.contains(&wanted));
    cases
}

/// Those that a server can have.
pub(super) fn cases_on(db: &Database) -> Vec<Case> {
    let sql = "select array_agg(name::text) from pg_available_extensions";
    let extensions: Vec<String> = db.client().query_one(sql, &[]).unwrap().get(0);
    let mut cases = cases();
    cases.retain(|case| case.since <= db.major());
    cases.retain(|case| {
        let lacking = case.needs.as_ref().filter(|it| !extensions.contains(it));
        if let Some(lacking) = lacking {
            eprintln!(
                "{} is left out: PostgreSQL {} comes without {lacking}",
                case.name,
                db.major()
            );
        }
        lacking.is_none()
    });
    cases
}

/// Whether a case is not solved yet on a major.
pub(super) fn is_pending(name: &str, major: u16) -> bool {
    let mut all = pending().into_iter();
    all.any(|(it, majors)| it == name && (majors.is_empty() || majors.contains(&major)))
}

/// The cases that are not solved yet, and on which majors; none for all.
pub(super) fn pending() -> Vec<(String, Vec<u16>)> {
    let text = fs::read_to_string(root().join("pending")).unwrap();
    let line = |line: &str| {
        let (name, majors) = line.split_once(' ').unwrap_or((line, ""));
        (name.to_owned(), majors.split_whitespace().map(|it| it.parse().unwrap()).collect())
    };
    text.lines().filter(|it| !it.is_empty()).map(line).collect()
}

/// Of each situation of the table of `README.md`: what it is, and the cases and tests that stand for it.
pub(super) fn situations() -> Vec<(String, Vec<String>)> {
    let text = fs::read_to_string(root().join("README.md")).unwrap();
    let row = |line: &str| {
        let mut cells = line.strip_prefix("| ")?.split(" | ");
        let (situation, stands_for) = (cells.next()?, cells.next()?);
        let quoted = stands_for.split('`').skip(1).step_by(2);
        Some((situation.to_owned(), quoted.map(str::to_owned).collect()))
    };
    text.lines().filter_map(row).filter(|(_, all): &(_, Vec<String>)| !all.is_empty()).collect()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("index")
}

fn case(folder: &Path) -> Case {
    let name = folder.file_name().unwrap().to_string_lossy().into_owned();
    let text = fs::read_to_string(folder.join("expected")).unwrap();
    let mut case = Case {
        folder: folder.to_owned(),
        schema: fs::read_to_string(folder.join("schema.sql")).unwrap(),
        since: 14,
        needs: None,
        nothing: false,
        creates: Vec::new(),
        drops: Vec::new(),
        unused: Vec::new(),
        unhelped: Vec::new(),
        lints: Vec::new(),
        name,
    };
    assert!(text.starts_with("why "), "{}: say why", case.name);
    text.lines().for_each(|line| case.line(line));
    let demands = case.creates.iter().any(|it| !it.1) || case.drops.iter().any(|it| !it.1);
    let reports = case.unused.iter().chain(&case.lints).any(|it| !it.1);
    assert!(case.nothing != demands || reports, "{}: nothing, or something", case.name);
    case
}

impl Case {
    fn line(&mut self, line: &str) {
        let (line, may) = match line.strip_prefix("may ") {
            Some(rest) => (rest, true),
            None => (line, false),
        };
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        let rest = rest.to_owned();
        match word {
            "why" => {}
            "since" => self.since = rest.parse().unwrap(),
            "needs" => self.needs = Some(rest),
            "nothing" => self.nothing = true,
            "create" => self.creates.push((vec![rest], may)),
            "or" => self.creates.last_mut().unwrap().0.push(rest),
            "drop" => self.drops.push((rest, may)),
            "unused" => self.unused.push((rest, may)),
            "unhelped" => self.unhelped.push((rest, may)),
            "lint" => self.lints.push((rest, may)),
            _ => panic!("{}: {line:?}", self.name),
        }
    }

    /// The index that stands behind a `create`, as PostgreSQL writes it without its name; none where this
    /// major does not know it.
    pub(super) fn canonical(client: &mut Client, index: &str) -> Option<String> {
        client.batch_execute("begin").unwrap();
        let created = client.batch_execute(&format!("create index pgmi_expected on {index}"));
        let found = created.is_ok().then(|| {
            let sql = "select pg_get_indexdef(indexrelid) from pg_index
                       where indexrelid = (select oid from pg_class where relname = 'pgmi_expected')";
            nameless(client.query_one(sql, &[]).unwrap().get(0))
        });
        client.batch_execute("rollback").unwrap();
        found
    }
}

/// `CREATE INDEX name ON …` from `ON` on.
pub(super) fn nameless(definition: &str) -> String {
    let (head, rest) = definition.split_once(" ON ").unwrap();
    let unique = if head.contains("UNIQUE") { "UNIQUE " } else { "" };
    format!("{unique}{}", rest.trim_start_matches("ONLY "))
}
