//! Names of indexes: the same for the same index, whatever else there is, and never one that is taken.

use std::collections::HashSet;

use super::super::{IndexDefinition, KeyExpression};

/// `NAMEDATALEN - 1`: PostgreSQL cuts off what is longer.
const LONGEST: usize = 63;

/// The names that are taken.
pub(in crate::index) struct Names {
    taken: HashSet<(String, String)>,
}

impl Names {
    /// `taken`: schema and name of every relation.
    pub fn new(taken: impl IntoIterator<Item = (String, String)>) -> Self {
        Self { taken: taken.into_iter().collect() }
    }

    /// Gives an index its name.
    pub fn name(&mut self, index: &mut IndexDefinition) {
        let readable = readable(index);
        let mut name = within(&readable, "_idx");
        if name.len() < readable.len() + "_idx".len() || self.is_taken(index, &name) {
            name = within(&readable, &format!("_{}_idx", digest(index)));
        }
        self.taken.insert((index.schema.clone(), name.clone()));
        index.name = name;
    }

    fn is_taken(&self, index: &IndexDefinition, name: &str) -> bool {
        self.taken.contains(&(index.schema.clone(), name.to_owned()))
    }
}

/// The table, the columns, and in a word what is special.
fn readable(index: &IndexDefinition) -> String {
    let mut parts = vec![index.table.clone()];
    parts.extend(index.keys.iter().map(|key| match &key.expression {
        KeyExpression::Column(name) => name.clone(),
        KeyExpression::Expression(sql) => words(sql),
    }));
    if index.method != "btree" {
        parts.push(index.method.clone());
    }
    if index.predicate.is_some() {
        parts.push("partial".to_owned());
    }
    parts.join("_")
}

/// An expression as part of a name.
fn words(sql: &str) -> String {
    let word = |part: &&str| !part.is_empty();
    let parts = sql.split(|it: char| !it.is_alphanumeric() && it != '_');
    parts.filter(word).map(str::to_lowercase).collect::<Vec<_>>().join("_")
}

/// Cut between characters, so that the end still fits.
fn within(name: &str, end: &str) -> String {
    let mut length = name.len().min(LONGEST - end.len());
    while !name.is_char_boundary(length) {
        length -= 1;
    }
    format!("{}{end}", &name[..length])
}

/// Six digits that differ where the index does.
fn digest(index: &IndexDefinition) -> String {
    use sha2::{Digest, Sha256};
    let unnamed = IndexDefinition { name: String::new(), ..index.clone() };
    let hash = Sha256::digest(unnamed.create_sql(false));
    hash.iter().take(3).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(names: &mut Names, table: &str, columns: &[&str]) -> String {
        let mut index = IndexDefinition::btree("public", table, columns);
        names.name(&mut index);
        index.name
    }

    #[test]
    fn a_name_says_what_is_indexed() {
        let mut names = Names::new([("public".to_owned(), "album_name_idx".to_owned())]);
        assert_eq!(named(&mut names, "album", &["released", "id"]), "album_released_id_idx");
        let again = named(&mut names, "album", &["name"]);
        assert!(again.starts_with("album_name_") && again != "album_name_idx", "{again}");
    }

    #[test]
    fn long_names_fit_and_differ() {
        let mut names = Names::new([]);
        let table = "é".repeat(31);
        let one = named(&mut names, &table, &["a_long_name_of_a_column_1"]);
        let two = named(&mut names, &table, &["a_long_name_of_a_column_2"]);
        assert!(one.len() <= LONGEST && two.len() <= LONGEST && one != two, "{one} {two}");
    }
}
