//! Columns that belong together: `"artist.id"` and `"artist.name"` become one field `artist`.

use super::Field;

/// A column of the side of an outer join that can be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Padded {
    /// The table it comes from, by its number in the statement.
    pub table: u32,
    /// Whether it is NULL only where that table has no row.
    pub not_null: bool,
}

/// What `group.column` is made of; none for the name of an ordinary column.
pub fn grouped(name: &str) -> Option<(&str, &str)> {
    name.split_once('.').filter(|(group, column)| !group.is_empty() && !column.is_empty())
}

/// The columns of a group, by their place, and whether all of them can be missing at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group<'a> {
    pub name: &'a str,
    pub columns: Vec<usize>,
    /// The column that is NULL exactly where the group is missing; none for a group that is always there.
    pub witness: Option<usize>,
}

/// The groups of a result in the order of their first columns; for one that cannot be, why.
pub fn groups(columns: &[Field]) -> Vec<Result<Group<'_>, (&str, String)>> {
    let mut found: Vec<(&str, Vec<usize>)> = Vec::new();
    for (at, column) in columns.iter().enumerate() {
        let Some((name, _)) = grouped(&column.name) else { continue };
        match found.iter_mut().find(|(it, _)| *it == name) {
            Some((_, places)) => places.push(at),
            None => found.push((name, vec![at])),
        }
    }
    let group = |(name, places)| group(name, places, columns).map_err(|why| (name, why));
    found.into_iter().map(group).collect()
}

fn group<'a>(name: &'a str, places: Vec<usize>, columns: &[Field]) -> Result<Group<'a>, String> {
    let never_null = |at: &usize| columns[*at].nullability.value.is_not_null();
    let padded = |at: &usize| columns[*at].padded;
    // Something in it is always there, or nothing in it is ever padded: so is the group.
    if places.iter().any(never_null) || places.iter().all(|at| padded(at).is_none()) {
        return Ok(Group { name, columns: places, witness: None });
    }
    let table = places.iter().find_map(padded).map(|it| it.table);
    if let Some(other) = places.iter().find(|at| padded(at).map(|it| it.table) != table) {
        return Err(format!(
            "`{}` is not of the table that the join can leave out",
            columns[*other].name
        ));
    }
    let witness = places.iter().copied().find(|at| padded(at).is_some_and(|it| it.not_null));
    match witness {
        Some(at) => Ok(Group { name, columns: places, witness: Some(at) }),
        None => Err("every column of it can be NULL where the join finds a row".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signature::{Nullability, TypeRef, Verdict};

    fn column(name: &str, nullability: Nullability, padded: Option<(u32, bool)>) -> Field {
        let padded = padded.map(|(table, not_null)| Padded { table, not_null });
        Field { padded, ..Field::new(name, TypeRef::built_in("int4"), Verdict::of(nullability)) }
    }

    #[test]
    fn a_group_is_missing_where_its_witness_is_null() {
        use Nullability::{NotNull, Nullable};
        let columns = [
            column("id", NotNull, None),
            column("artist.born", Nullable, Some((2, false))),
            column("artist.id", Nullable, Some((2, true))),
            column("genre.id", NotNull, None),
            column("genre.name", Nullable, None),
            column(".x", NotNull, None),
        ];
        let found: Vec<_> = groups(&columns).into_iter().map(Result::unwrap).collect();
        assert_eq!(
            found,
            [
                Group { name: "artist", columns: vec![1, 2], witness: Some(2) },
                Group { name: "genre", columns: vec![3, 4], witness: None },
            ]
        );
        let none = [column("a.x", Nullable, Some((2, false)))];
        assert!(groups(&none)[0].as_ref().is_err_and(|(_, why)| why.contains("can be NULL where")));
        let other = [column("a.x", Nullable, Some((2, true))), column("a.y", Nullable, None)];
        assert!(groups(&other)[0].as_ref().is_err_and(|(_, why)| why.starts_with("`a.y`")));
    }
}
