//! Times of runs, and what to say about them.

use std::time::Duration;

use serde_json::{Value, json};

/// The runs of one contestant, or of one task.
#[derive(Clone)]
pub(crate) struct Series {
    name: &'static str,
    milliseconds: Vec<f64>,
    /// Milliseconds that the median should stay below.
    budget: Option<f64>,
}

impl Series {
    pub(crate) fn new(name: &'static str) -> Self {
        Self { name, milliseconds: Vec::new(), budget: None }
    }

    pub(crate) fn within(name: &'static str, budget: f64) -> Self {
        Self { budget: Some(budget), ..Self::new(name) }
    }

    pub(crate) fn add(&mut self, took: Duration) {
        self.milliseconds.push(took.as_secs_f64() * 1000.0);
        self.milliseconds.sort_by(f64::total_cmp);
    }

    pub(crate) fn name(&self) -> &'static str {
        self.name
    }

    pub(crate) fn median(&self) -> f64 {
        let middle = self.milliseconds.len() / 2;
        self.milliseconds.get(middle).copied().unwrap_or(f64::NAN)
    }

    pub(crate) fn range(&self) -> (f64, f64) {
        let end = |it: Option<&f64>| it.copied().unwrap_or(f64::NAN);
        (end(self.milliseconds.first()), end(self.milliseconds.last()))
    }

    /// What one of so many things took in each run, less what all of them take without it.
    pub(crate) fn each(&self, less: f64, things: usize) -> Self {
        let each = |it: &f64| (it - less) / things as f64;
        Self { milliseconds: self.milliseconds.iter().map(each).collect(), ..*self }
    }

    fn row(&self) -> String {
        let (min, max) = self.range();
        let budget = self.budget.map_or_else(String::new, |it| format!("≤ {it:.0} ms"));
        format!("| {} | {:.0} ms | {min:.0}–{max:.0} ms | {budget} |", self.name, self.median())
    }

    /// A row that says how it stands to the first one.
    fn row_beside(&self, first: &Self) -> String {
        let ((min, max), unit) = (self.range(), Unit::of(self.median()));
        let of = self.median() / first.median();
        let [median, min, max] = [self.median(), min, max].map(|it| unit.shown(it));
        let (name, word, runs) = (self.name, unit.word, self.milliseconds.len());
        format!("| {name} | {median} {word} | {min}–{max} {word} | {runs} | {of:.2} |")
    }

    pub(crate) fn json(&self) -> Value {
        let (min, max) = self.range();
        json!({
            "name": self.name,
            "median_ms": self.median(),
            "min_ms": min,
            "max_ms": max,
            "budget_ms": self.budget,
            "runs_ms": self.milliseconds,
        })
    }
}

/// A table, and the same as JSON.
pub(crate) fn table(title: &str, series: &[&Series]) -> String {
    let rows: Vec<String> = series.iter().map(|it| it.row()).collect();
    let all: Vec<Value> = series.iter().map(|it| it.json()).collect();
    let runs = series.first().map_or(0, |it| it.milliseconds.len());
    let json = json!({ "title": title, "series": all });
    format!(
        "### {title}\n\n\
         | | median of {runs} | min–max | budget |\n|---|---|---|---|\n{}\n\n```json\n{json}\n```\n",
        rows.join("\n")
    )
}

/// What a number is shown in.
struct Unit {
    word: &'static str,
    in_a_millisecond: f64,
    digits: usize,
}

impl Unit {
    fn of(milliseconds: f64) -> Self {
        match milliseconds < 1.0 {
            true => Self { word: "µs", in_a_millisecond: 1000.0, digits: 1 },
            false => Self { word: "ms", in_a_millisecond: 1.0, digits: 0 },
        }
    }

    fn shown(&self, milliseconds: f64) -> String {
        format!("{:.*}", self.digits, milliseconds * self.in_a_millisecond)
    }
}

/// Contestants beside the first of them, and the same as JSON.
pub(crate) fn compared(title: &str, series: &[&Series]) -> String {
    let Some(first) = series.first() else { return format!("### {title}\n\nNobody took part.\n") };
    let rows: Vec<String> = series.iter().map(|it| it.row_beside(first)).collect();
    let all: Vec<Value> = series.iter().map(|it| it.json()).collect();
    let json = json!({ "title": title, "series": all });
    format!(
        "### {title}\n\n\
         | | median | min–max | runs | of {} |\n|---|---|---|---|---|\n{}\n\n```json\n{json}\n```\n",
        first.name,
        rows.join("\n")
    )
}
