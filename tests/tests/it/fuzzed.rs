//! Texts that nobody would write, for everything that reads text: the targets of `fuzz`, with thousands of texts
//! that were made of good ones. The same on every machine; `PGMI_FUZZ` multiplies their number.

use std::path::Path;

use pgmi_tests::on_every_major;

#[path = "../../../fuzz/holds/connection_string.rs"]
mod connection_string;
#[path = "../../../fuzz/holds/lexer.rs"]
mod lexer;
#[path = "../../../fuzz/holds/lock.rs"]
mod lock;
#[path = "../../../fuzz/holds/metadata.rs"]
mod metadata;
#[path = "../../../fuzz/holds/paths.rs"]
mod paths;
#[path = "../../../fuzz/holds/signature_file.rs"]
mod signature_file;
#[path = "../../../fuzz/holds/statements.rs"]
mod statements;
#[path = "../../../fuzz/holds/tree.rs"]
mod tree;

/// What makes readers stumble.
const PIECES: &[&str] = &[
    "'",
    "\"",
    "$$",
    "$a$",
    "/*",
    "*/",
    "--",
    "\\",
    ";",
    ":",
    "(",
    ")",
    "{",
    "}",
    "<>",
    "[",
    "]",
    "\n",
    "\r\n",
    "\t",
    "\0",
    "é",
    "\u{feff}",
    "\u{2028}",
    "🦀",
    "E'\\",
    "U&\"",
    "-1",
    "18446744073709551616",
    "&a",
    "*a",
    "- ",
    "? ",
    "%00",
    "..",
    "/",
    "//",
    "=",
    "' ",
    "{VAR ",
    ":constvalue",
    "query ",
    "column ",
    "<pgmi-meta",
    "</pgmi-meta>",
    "|",
    "#",
];

/// SplitMix64.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((bits ^ (bits >> 31)) >> 32).unwrap() % limit.max(1)
    }

    fn of<'a>(&mut self, all: &'a [String]) -> &'a str {
        &all[self.below(all.len())]
    }

    /// Another text, by one to four changes.
    fn change(&mut self, all: &[String]) -> String {
        let mut text: Vec<char> = self.of(all).chars().collect();
        for _ in 0..=self.below(4) {
            let (a, b) = (self.below(text.len() + 1), self.below(text.len() + 1));
            let (a, b) = (a.min(b), a.max(b).min(a.min(b) + 40));
            match self.below(5) {
                0 => drop(text.drain(a..b)),
                1 => drop(text.splice(a..a, text[a..b].to_vec())),
                2 => text.truncate(a.max(1)),
                3 => {
                    let other: Vec<char> = self.of(all).chars().collect();
                    let from = self.below(other.len());
                    let part = other[from..].iter().copied().take(60);
                    drop(text.splice(a..b, part.collect::<Vec<_>>()));
                }
                _ => {
                    let piece = PIECES[self.below(PIECES.len())];
                    drop(text.splice(a..a, piece.chars()));
                }
            }
        }
        text.into_iter().collect()
    }
}

/// Good texts as they are, then so many bad ones.
fn all(count: usize, good: &[String], holds: impl Fn(&str)) {
    assert!(good.len() >= 5, "{good:?}");
    let times: usize = std::env::var("PGMI_FUZZ").map_or(1, |it| it.parse().unwrap());
    good.iter().for_each(|text| holds(text));
    let mut random = Random(0);
    for number in 0..count * times {
        let text = random.change(good);
        let held = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| holds(&text)));
        assert!(held.is_ok(), "number {number}: {text:?}");
    }
}

/// The files of this repository that end like this and are not long.
fn files(end: &str) -> Vec<String> {
    fn walk(folder: &Path, end: &str, found: &mut Vec<(String, String)>) {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            if path.is_dir() && name != "target" {
                walk(&path, end, found);
            } else if name.ends_with(end) {
                let text = std::fs::read(&path).unwrap();
                if let Ok(text) = String::from_utf8(text) {
                    found.push((path.display().to_string(), text));
                }
            }
        }
    }
    let mut found = Vec::new();
    for folder in ["", "../examples"] {
        walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), end, &mut found);
    }
    found.retain(|(_, text)| text.len() < 2000);
    found.sort();
    found.into_iter().map(|(_, text)| text).collect()
}

fn texts(all: &[&str]) -> Vec<String> {
    all.iter().map(|text| (*text).to_owned()).collect()
}

#[test]
fn tokens_tile_every_text() {
    all(4000, &files(".sql"), lexer::holds);
}

#[test]
fn statements_leave_nothing_out() {
    all(2000, &files(".sql"), statements::holds);
}

#[test]
fn metadata_is_read_or_refused() {
    all(1500, &files(".sql"), metadata::holds);
}

#[test]
fn paths_are_refused_or_made_of_their_parts() {
    let good = [
        "a.sql",
        "migrations/001_a.sql",
        "__test__/_setup.sql",
        "a/__tests__/b/test_c.sql",
        "ä/ö ü.SQL",
    ];
    all(2000, &texts(&good), paths::holds);
}

#[test]
fn connection_strings_keep_their_secret() {
    let good = [
        "h:5432/d?sslmode=require&options=-c%20a%3Db",
        "[::1],h2:1/d?target_session_attrs=read-write",
        "host=h port=1 dbname='a b' options='-c x=1' connect_timeout=3",
        "sslmode=verify-full sslrootcert=system host=/tmp hostaddr=127.0.0.1",
        "Database=d;SSL Mode=Prefer;Timeout=3;Application Name=\"a;b\"",
        "postgresql://u:p@h/d",
    ];
    all(1000, &texts(&good), connection_string::holds);
}

#[test]
fn signature_files_are_read_or_refused() {
    let mut good = files(".sig.yaml");
    good.extend(files(".sig1.pgn.yaml"));
    all(1500, &good, signature_file::holds);
}

#[test]
fn locks_are_read_or_refused() {
    all(1500, &files("pgmi.lock"), lock::holds);
}

on_every_major! {
    fn trees_are_read_or_refused(db: &Database) {
        // Those of the views that PostgreSQL comes with.
        let sql = "select ev_action::text from pg_rewrite where length(ev_action::text) < 30000
                    order by length(ev_action::text), oid limit 60";
        let rows = db.client().query(sql, &[]).unwrap();
        let good: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
        all(300, &good, tree::holds);
    }
}
