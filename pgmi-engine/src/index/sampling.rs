//! How many rows ANALYZE looks at. A sample tells clear cases from each other; where a decision is close, all rows are
//! looked at: of a sample each run draws its own, and one would propose what the next one would not.

use postgres::{Client, Error};

/// Rows that ANALYZE draws for each step of the statistics target (`std_typanalyze`).
const DRAWN: u64 = 300;

/// A fifth of the usual sample tells 20,000 rows well enough, in a fraction of the time that all of them take.
pub(super) const SAMPLE: &str = "set default_statistics_target = 20";

/// What is the least, and what would take too long.
const TARGETS: std::ops::RangeInclusive<u64> = 20..=1000;

/// Lets ANALYZE look at every row of a table of so many, and at samples again after that.
pub(super) fn look_at_all(client: &mut Client, table: &str, rows: u64) -> Result<(), Error> {
    client.batch_execute(&format!("{}; analyze {table}; {SAMPLE}", of_all(rows)))
}

/// The setting under which ANALYZE looks at every row of a table of so many, as long as that takes no time to speak of.
fn of_all(rows: u64) -> String {
    // Parts of a partitioned table get shares of it that are rounded.
    let target = (rows + rows / 4).div_ceil(DRAWN).clamp(*TARGETS.start(), *TARGETS.end());
    format!("set default_statistics_target = {target}")
}

#[cfg(test)]
mod tests {
    use super::of_all;

    #[test]
    fn every_row_is_looked_at_of_tables_that_are_not_huge() {
        let of = |rows| of_all(rows).rsplit(' ').next().map(str::to_owned);
        let targets = [0, 20_000, 100_000_000].map(of);
        assert_eq!(targets, ["20", "84", "1000"].map(|it| Some(it.to_owned())));
    }
}
