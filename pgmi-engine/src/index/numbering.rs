//! Where the next migration of a project goes.

use crate::project::Project;

/// A file's name in three parts: what stands before the number, the number, what stands behind it.
struct Numbered<'a> {
    folder: &'a str,
    before: &'a str,
    digits: &'a str,
    behind: &'a str,
}

/// The path of a new file behind the last migration, numbered as that is; from the project's folder. None where no
/// file has a number.
pub fn next_migration(project: &Project, name: &str) -> Option<String> {
    let paths: Vec<&str> = project
        .files
        .iter()
        .map(|file| file.path.as_str())
        .filter(|path| !path.starts_with(&project.queries))
        .collect();
    next_of(&paths, name)
}

fn next_of(paths: &[&str], name: &str) -> Option<String> {
    let numbered: Vec<Numbered<'_>> = paths.iter().filter_map(|path| Numbered::of(path)).collect();
    let folder = folder(&numbered)?;
    let of_folder = numbered.iter().filter(|it| it.folder == folder);
    let last = of_folder.max_by_key(|it| it.value())?;
    let next = last.value().checked_add(1)?;
    let width = last.digits.len();
    let name = match last.behind.chars().next() {
        None => String::new(),
        Some(_) => {
            let end =
                last.behind.find(|it: char| it.is_alphanumeric()).unwrap_or(last.behind.len());
            format!("{}{name}", &last.behind[..end])
        }
    };
    Some(format!("{folder}{}{next:0width$}{name}.sql", last.before))
}

/// The one named so, else the one with the most of them.
fn folder<'a>(numbered: &[Numbered<'a>]) -> Option<&'a str> {
    let count = |folder: &str| numbered.iter().filter(|it| it.folder == folder).count();
    let named = numbered.iter().find(|it| it.folder.ends_with("/migrations/"));
    let most = || numbered.iter().max_by_key(|it| (count(it.folder), std::cmp::Reverse(it.folder)));
    named.or_else(most).map(|it| it.folder)
}

impl<'a> Numbered<'a> {
    fn of(path: &'a str) -> Option<Self> {
        let stem = path.strip_suffix(".sql")?;
        let (folder, name) = stem.split_at(stem.rfind('/').map_or(0, |at| at + 1));
        // `V12__name`, `007_name`, `12`.
        let start = name.find(|it: char| it.is_ascii_digit()).filter(|at| *at <= 1)?;
        let (before, rest) = name.split_at(start);
        let end = rest.find(|it: char| !it.is_ascii_digit()).unwrap_or(rest.len());
        let (digits, behind) = rest.split_at(end);
        digits.parse::<u64>().ok()?;
        Some(Self { folder, before, digits, behind })
    }

    fn value(&self) -> u64 {
        self.digits.parse().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::next_of;

    #[test]
    fn the_number_goes_on_as_it_was() {
        let cases: [(&[&str], &str); 5] = [
            (&["./migrations/001_a.sql", "./migrations/029_b.sql"], "./migrations/030_indexes.sql"),
            (
                &["./migrations/1.sql", "./migrations/10.sql", "./migrations/2.sql"],
                "./migrations/11.sql",
            ),
            (&["./migrations/V9__a.sql"], "./migrations/V10__indexes.sql"),
            (&["./m/20260101120000-a.sql"], "./m/20260101120001-indexes.sql"),
            (
                &["./expand/010_a.sql", "./expand/020_b.sql", "./seeds/1.sql"],
                "./expand/021_indexes.sql",
            ),
        ];
        for (paths, expected) in cases {
            assert_eq!(next_of(paths, "indexes").as_deref(), Some(expected));
        }
        assert_eq!(next_of(&["./tables/users.sql"], "indexes"), None);
    }
}
