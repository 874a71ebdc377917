//! Removing what nobody needs: copies whose owner is gone, templates that are half made or of old.

use super::administration::{Administration, key_of};
use crate::Result;

const OURS: &str = include_str!("ours.sql");

/// How many templates stay, however long ago they were used within [`WEEK`].
const TEMPLATES: usize = 8;

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;
const WEEK: i64 = 7 * DAY;

/// A database of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Ours {
    name: String,
    is_template: bool,
    /// Whoever works with it holds the advisory lock on this.
    key: i64,
    /// Seconds since it was used or kept; none for a template that is not complete, a copy not kept.
    age: Option<i64>,
}

/// Looks at every database of ours, and drops those that nobody needs.
pub(super) fn sweep(administration: &Administration) -> Result<()> {
    for database in superfluous(&list(administration)?) {
        // Who holds the lock works with it: a template is being made, a copy's owner lives.
        if !administration.try_lock(database.key)? {
            continue;
        }
        // Somebody may have made or used it since it was listed.
        let now = superfluous(&list(administration)?);
        if now.iter().any(|it| it.name == database.name) {
            // Two that sweep at once get into each other's way; one of them drops it.
            let _ = administration.drop_database(&database.name);
        }
        administration.unlock(database.key)?;
    }
    Ok(())
}

fn list(administration: &Administration) -> Result<Vec<Ours>> {
    let rows = administration.rows(OURS, &[])?;
    let ours = rows.iter().filter_map(|row| {
        Some(Ours {
            name: row.get(0),
            is_template: row.get(1),
            key: key_of(row.get(2))?,
            age: row.get(3),
        })
    });
    Ok(ours.collect())
}

/// What may go, of all databases, the youngest first.
fn superfluous(all: &[Ours]) -> Vec<Ours> {
    let mut complete = 0;
    let may_go = |database: &&Ours| match (database.is_template, database.age) {
        (false, age) => age.is_none_or(|age| age > DAY),
        (true, None) => true,
        (true, Some(age)) => {
            complete += 1;
            age > WEEK || (complete > TEMPLATES && age > HOUR)
        }
    };
    all.iter().filter(may_go).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn template(number: i64, age: Option<i64>) -> Ours {
        Ours { name: format!("t{number}"), is_template: true, key: number, age }
    }

    fn names(all: &[Ours]) -> Vec<String> {
        superfluous(all).into_iter().map(|it| it.name).collect()
    }

    #[test]
    fn the_latest_templates_stay() {
        let all: Vec<_> = (0..12).map(|n| template(n, Some(n * DAY))).collect();
        assert_eq!(names(&all), ["t8", "t9", "t10", "t11"]);
        let busy: Vec<_> = (0..12).map(|n| template(n, Some(n))).collect();
        assert!(names(&busy).is_empty(), "all of them are in use");
        assert_eq!(names(&[template(1, Some(WEEK + 1)), template(2, None)]), ["t1", "t2"]);
    }

    #[test]
    fn copies_go_with_their_owner_and_kept_ones_after_a_day() {
        let copy = |name: &str, age| Ours { name: name.into(), is_template: false, key: 1, age };
        let all = [copy("a", None), copy("b", Some(HOUR)), copy("c", Some(DAY + 1))];
        assert_eq!(names(&all), ["a", "c"]);
    }
}
