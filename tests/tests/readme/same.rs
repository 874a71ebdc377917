//! Whether what was said is what the README says.

/// Lines that Cargo writes about what it does, which depend on what was built before.
const CARGO: [&str; 12] = [
    "Adding",
    "Blocking",
    "Compiling",
    "Doc-tests",
    "Downloaded",
    "Downloading",
    "Finished",
    "Installed",
    "Installing",
    "Locking",
    "Running",
    "Updating",
];

/// Whether the lines that were said are those that were expected.
pub fn same(expected: &[String], said: &str) -> bool {
    let said: Vec<String> = said.lines().filter(|line| !is_cargos(line)).map(plain).collect();
    let expected: Vec<String> = expected.iter().map(|line| plain(line)).collect();
    lines(&sorted(trimmed(&expected)), &sorted(trimmed(&said)))
}

fn is_cargos(line: &str) -> bool {
    let word = line.split_whitespace().next().unwrap_or_default();
    line.starts_with("  ") && CARGO.contains(&word)
}

/// Without what is another on each run.
fn plain(line: &str) -> String {
    let indent: String = line.chars().take_while(|it| *it == ' ').collect();
    let line = line.split_once(" deployed at ").map_or(line, |(before, _)| before);
    let mut before = "";
    let words = line.replace("[ ", "[").replace("[ ", "[");
    let words = words.replace("[  ", "[");
    let mut plain: Vec<String> = Vec::new();
    for word in words.split_whitespace() {
        let core = word.trim_matches(|it| "[]():;,".contains(it));
        let is_seconds =
            core.strip_suffix('s').is_some_and(|it| it.contains('.') && it.parse::<f64>().is_ok());
        let is_cost = ["cost", "->"].contains(&before) && core.parse::<u64>().is_ok();
        let is_version =
            before == "PostgreSQL" && core.split('.').all(|it| it.parse::<u16>().is_ok());
        plain.push(match is_seconds || is_cost || is_version {
            true => word.replace(core, "0"),
            false => word.to_owned(),
        });
        before = word;
    }
    indent + &plain.join(" ")
}

/// Without empty lines at both ends.
fn trimmed(lines: &[String]) -> &[String] {
    let first = lines.iter().position(|it| !it.is_empty()).unwrap_or(lines.len());
    let last = lines.iter().rposition(|it| !it.is_empty()).map_or(first, |it| it + 1);
    &lines[first..last]
}

/// Tests that run side by side end in any order.
fn sorted(lines: &[String]) -> Vec<String> {
    let is_test = |line: &str| {
        line.starts_with("test ") && line.contains(" ... ") || line.trim().starts_with("PASS ")
    };
    let mut sorted = lines.to_vec();
    for run in sorted.chunk_by_mut(|one, other| is_test(one) && is_test(other)) {
        if run.len() > 1 {
            run.sort();
        }
    }
    sorted
}

fn lines(expected: &[String], said: &[String]) -> bool {
    match (expected, said) {
        ([], said) => said.is_empty(),
        ([first, rest @ ..], said) if first.trim() == "…" => {
            (1..=said.len()).any(|skipped| lines(rest, &said[skipped..]))
        }
        ([first, rest @ ..], [line, more @ ..]) => {
            glob(&first.split('…').collect::<Vec<_>>(), line) && lines(rest, more)
        }
        ([_, ..], []) => false,
    }
}

/// Whether the text is these parts, with anything in between.
fn glob(parts: &[&str], text: &str) -> bool {
    let [first, middle @ .., last] = parts else { return parts.iter().all(|part| *part == text) };
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    for part in middle {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

#[test]
fn only_what_was_said_is_the_same() {
    let is = |expected: &str, said: &str| {
        same(&expected.lines().map(str::to_owned).collect::<Vec<_>>(), said)
    };
    assert!(is(
        "OK 2 tests in 0.12s: 2 passed",
        "   Compiling x\nOK 2 tests in 10.00s: 2 passed\n"
    ));
    assert!(!is("OK 2 tests in 0.12s: 2 passed", "OK 3 tests in 0.12s: 3 passed"));
    assert!(is("PASS [ 0.1s] a\nPASS [   0.001s] b", "PASS [   0.002s] b\nPASS [  0.301s] a"));
    assert!(is("a\n…\nz", "a\nb\nc\nz") && !is("a\n…\nz", "a\nz") && !is("a\n…", "a"));
    assert!(is("cost 1 -> 2", "cost 434 -> 8") && !is("cost 1 -> 2", "costs 434 -> 8"));
    assert!(is("a … c", "a b c") && !is("a … c", "a b d") && !is("a", "a b"));
    assert!(!is("", "a") && !is("a", ""));
    assert!(is("on PostgreSQL 18.4", "on PostgreSQL 18.11") && !is("on 18.4", "on 18.11"));
}
