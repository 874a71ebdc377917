//! `all`: every benchmark, one after the other, and what came of them as two files.
//!
//! Each is a process of its own: one that cannot run, because a tool is not there or nothing can be fetched, is named in
//! the report, and the others run.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

use crate::Result;
use crate::machine::Machine;

/// Cheap ones first: who stops it has something. Of `compile` three sizes, because what grows is the point. The rounds
/// are such that all of it takes little more than half an hour where everything is built.
const ALL: [&[&str]; 10] = [
    &["binding"],
    &["index"],
    &["describe"],
    &["tests"],
    &["deploy", "1000", "5"],
    &["fixtures", "30", "3"],
    &["build", "3"],
    &["compile", "50", "3"],
    &["compile", "200", "3"],
    &["compile", "500", "3"],
];

/// One benchmark: what it was called with, and what it said or why it did not.
struct Part {
    name: String,
    said: std::result::Result<String, String>,
}

/// Runs all of them, or only those that are named, and writes the report.
pub(crate) fn run(only: &[String]) -> Result<()> {
    if let Some(unknown) = only.iter().find(|it| !ALL.iter().any(|words| words[0] == **it)) {
        return Err(format!("there is no benchmark `{unknown}`").into());
    }
    println!("{}", Machine::look().markdown());
    let chosen = |words: &&&[&str]| only.is_empty() || only.iter().any(|it| it == words[0]);
    let mut parts = Vec::new();
    for words in ALL.iter().filter(chosen) {
        let part = part(words)?;
        match &part.said {
            Ok(text) => println!("{text}"),
            Err(why) => println!("### {}\n\nnot run: {why}\n", part.name),
        }
        parts.push(part);
        // After each one: half an hour is long. What a benchmark has fetched has a version from then on.
        write(&Machine::look(), &parts)?;
    }
    println!("Written: {}", folder()?.join("report.md").display());
    Ok(())
}

fn part(words: &[&str]) -> Result<Part> {
    let output = Command::new(std::env::current_exe()?)
        .args(words)
        .stdin(Stdio::null())
        .stderr(Stdio::piped())
        .stdout(Stdio::piped())
        .output()?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
    let said = match output.status.success() {
        true => Ok(text(&output.stdout)),
        false => {
            let why = text(&output.stderr);
            Err(why.lines().next_back().unwrap_or("without a word").to_owned())
        }
    };
    Ok(Part { name: words.join(" "), said })
}

/// `pgmi-bench` in the target folder.
fn folder() -> Result<PathBuf> {
    let this = std::env::current_exe()?;
    Ok(this.ancestors().nth(2).ok_or("no target folder")?.join("pgmi-bench"))
}

fn write(machine: &Machine, parts: &[Part]) -> Result<()> {
    let folder = folder()?;
    fs::create_dir_all(&folder)?;
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    let (year, month, day) = date(seconds / 86_400);
    let date = format!("{year:04}-{month:02}-{day:02}");
    replace(&folder.join("report.md"), &markdown(machine, parts, &date))?;
    replace(&folder.join("report.json"), &format!("{:#}\n", as_json(machine, parts, &date)))
}

fn replace(path: &Path, text: &str) -> Result<()> {
    let new = path.with_extension("new");
    fs::write(&new, text)?;
    Ok(fs::rename(new, path)?)
}

fn markdown(machine: &Machine, parts: &[Part], date: &str) -> String {
    let mut text = format!(
        "# Measured on {date}\n\n`cargo run --release -p pgmi-bench -- all`\n\n{}",
        machine.markdown()
    );
    let slower: Vec<String> = parts.iter().flat_map(lost).collect();
    if !slower.is_empty() {
        text += "\n## Where others are faster\n\n| | pgmi | faster | by |\n|---|---|---|---|\n";
        text += &(slower.join("\n") + "\n");
    }
    for part in parts {
        text += &format!("\n## {}\n\n", part.name);
        text += &match &part.said {
            Ok(said) => without_json(said),
            Err(why) => format!("Not run: {why}\n"),
        };
    }
    text
}

fn as_json(machine: &Machine, parts: &[Part], date: &str) -> Value {
    let parts: Vec<Value> = parts
        .iter()
        .map(|part| match &part.said {
            Ok(said) => json!({ "name": part.name, "results": blocks(said) }),
            Err(why) => json!({ "name": part.name, "not_run": why }),
        })
        .collect();
    json!({ "date": date, "machine": machine.json(), "benchmarks": parts })
}

/// What programs read of a benchmark.
fn blocks(said: &str) -> Vec<Value> {
    let parts = said.split("```json\n").skip(1);
    parts.filter_map(|it| serde_json::from_str(it.split("\n```").next()?).ok()).collect()
}

/// What people read of it.
fn without_json(said: &str) -> String {
    let mut text = String::new();
    for (at, part) in said.split("```").enumerate() {
        if at % 2 == 0 {
            text += part.trim_start_matches('\n');
        }
    }
    text.trim_end().to_owned() + "\n"
}

/// A row for each peer that was faster than the fastest of ours, in anything that this benchmark measured.
fn lost(part: &Part) -> Vec<String> {
    let Ok(said) = &part.said else { return Vec::new() };
    blocks(said).iter().flat_map(|block| compared(block).into_iter().flat_map(rows)).collect()
}

/// What was done, and how long each took that did it.
type Compared = (String, Vec<(String, f64)>);

/// The comparisons in a block: a table of contestants, or the tasks of tools.
fn compared(block: &Value) -> Vec<Compared> {
    let pair =
        |it: &Value, name: &str| Some((it[name].as_str()?.to_owned(), it["median_ms"].as_f64()?));
    if let Some(series) = block["series"].as_array() {
        let title = block["title"].as_str().unwrap_or_default().to_owned();
        return vec![(title, series.iter().filter_map(|it| pair(it, "name")).collect())];
    }
    let Some(tools) = block.as_array() else { return Vec::new() };
    let tasks = tools.first().and_then(|it| it["tasks"].as_array()).map_or(0, Vec::len);
    let task = |at: usize| {
        let name =
            tools.first().and_then(|it| it["tasks"][at]["name"].as_str()).unwrap_or_default();
        let took = tools.iter().filter_map(|tool| {
            Some((tool["tool"].as_str()?.to_owned(), tool["tasks"][at]["median_ms"].as_f64()?))
        });
        (name.to_owned(), took.collect())
    };
    (0..tasks).map(task).collect()
}

fn rows((what, took): Compared) -> Vec<String> {
    let is_ours = |name: &str| name.contains("pgmi") || name.starts_with("binding");
    let ours = took.iter().filter(|(name, _)| is_ours(name)).map(|(_, took)| *took);
    let Some(ours) = ours.min_by(f64::total_cmp) else { return Vec::new() };
    let faster = took.iter().filter(|(name, took)| !is_ours(name) && *took < ours);
    let row = |(name, took): &(String, f64)| {
        format!("| {what} | {} | {name}: {} | {:.2} × |", shown(ours), shown(*took), ours / took)
    };
    faster.map(row).collect()
}

/// Milliseconds, in a unit that can be read.
fn shown(milliseconds: f64) -> String {
    match milliseconds {
        it if it < 1.0 => format!("{:.1} µs", it * 1000.0),
        it if it < 10_000.0 => format!("{it:.0} ms"),
        it => format!("{:.1} s", it / 1000.0),
    }
}

/// Year, month and day of a day after 1970-01-01, by Howard Hinnant's `civil_from_days`.
fn date(days: u64) -> (u64, u64, u64) {
    let days = days + 719_468;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year_of_era + era * 400 + u64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAID: &str = "### ten files\n\n| | median |\n|---|---|\n| cargo pgmi deploy | 12 ms |\n\n```json\n{\"title\":\"ten files\",\"series\":\
        [{\"name\":\"cargo pgmi deploy\",\"median_ms\":12.0},{\"name\":\"psql -f\",\"median_ms\":10.0},{\"name\":\"sqitch\",\"median_ms\":100.0}]}\n```\n\nRatio: 1.2";

    #[test]
    fn days_have_dates() {
        assert_eq!(date(0), (1970, 1, 1));
        assert_eq!(date(11_016), (2000, 2, 29));
        assert_eq!(date(20_786), (2026, 11, 29));
    }

    #[test]
    fn a_report_says_where_others_are_faster_and_what_did_not_run() {
        let parts = [
            Part { name: "deploy".into(), said: Ok(SAID.into()) },
            Part { name: "compile 50".into(), said: Err("no network".into()) },
        ];
        let text = markdown(&Machine::look(), &parts, "2026-11-29");
        assert!(text.contains("| ten files | 12 ms | psql -f: 10 ms | 1.20 × |"), "{text}");
        assert!(!text.contains("sqitch:") && !text.contains("json"), "{text}");
        assert!(text.contains("Ratio: 1.2") && text.contains("Not run: no network"), "{text}");
        let json = as_json(&Machine::look(), &parts, "2026-11-29");
        assert_eq!(json["benchmarks"][0]["results"][0]["series"][1]["name"], "psql -f");
        assert_eq!(json["benchmarks"][1]["not_run"], "no network");
    }

    #[test]
    fn tasks_of_tools_are_compared_one_by_one() {
        let tool = |name: &str, took: f64| json!({ "tool": name, "tasks": [{ "name": "cleaned", "median_ms": took }] });
        let block = json!([
            tool("pgmi", 5.0),
            tool("pgmi, query!", 7.0),
            tool("sqlx online", 4.0),
            tool("cornucopia", 6.0)
        ]);
        let rows: Vec<_> = compared(&block).into_iter().flat_map(rows).collect();
        assert_eq!(rows, ["| cleaned | 5 ms | sqlx online: 4 ms | 1.25 × |"]);
    }
}
