//! Times of runs, and what to say about them.

use std::time::Duration;

use serde_json::{Value, json};

/// The runs of one contestant.
pub(crate) struct Series {
    name: &'static str,
    milliseconds: Vec<f64>,
}

impl Series {
    pub(crate) fn new(name: &'static str) -> Self {
        Self { name, milliseconds: Vec::new() }
    }

    pub(crate) fn add(&mut self, took: Duration) {
        self.milliseconds.push(took.as_secs_f64() * 1000.0);
        self.milliseconds.sort_by(f64::total_cmp);
    }

    fn median(&self) -> f64 {
        let middle = self.milliseconds.len() / 2;
        self.milliseconds.get(middle).copied().unwrap_or(f64::NAN)
    }

    fn range(&self) -> (f64, f64) {
        let end = |it: Option<&f64>| it.copied().unwrap_or(f64::NAN);
        (end(self.milliseconds.first()), end(self.milliseconds.last()))
    }

    fn row(&self) -> String {
        let (min, max) = self.range();
        format!("| {} | {:.0} ms | {min:.0}–{max:.0} ms |", self.name, self.median())
    }

    fn json(&self) -> Value {
        json!({ "name": self.name, "median_ms": self.median(), "runs_ms": self.milliseconds })
    }
}

/// A table, and the same as JSON.
pub(crate) fn report(title: &str, ours: &Series, theirs: &Series) -> String {
    let ratio = ours.median() / theirs.median();
    let (ours_row, theirs_row) = (ours.row(), theirs.row());
    let json = json!({
        "title": title,
        "ratio": ratio,
        "series": [ours.json(), theirs.json()],
    });
    format!(
        "### {title}\n\n\
         | | median of {} | min–max |\n|---|---|---|\n{ours_row}\n{theirs_row}\n\n\
         Ratio of the medians: {ratio:.2}\n\n```json\n{json}\n```",
        ours.milliseconds.len()
    )
}
