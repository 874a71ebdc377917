//! An index as CREATE INDEX says it.

use std::fmt::Write;

use super::quote::quoted;

/// An index. Names are as the catalog has them; expressions, operator classes and predicates are SQL.
///
/// Equality is that of the full tuple. Two indexes that differ in their names alone do the same work:
/// [`IndexDefinition::is_like`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct IndexDefinition {
    pub schema: String,
    pub table: String,
    /// It follows from the rest, so that two runs agree; that of an existing index is its own.
    pub name: String,
    pub unique: bool,
    /// `btree`, `gin`, …
    pub method: String,
    pub keys: Vec<KeyPart>,
    /// Columns that are only kept along.
    pub include: Vec<String>,
    /// Of a partial index.
    pub predicate: Option<String>,
    pub nulls_not_distinct: bool,
}

/// A column of the key.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct KeyPart {
    pub expression: KeyExpression,
    /// As SQL; none for that of the column, or of the expression.
    pub collation: Option<String>,
    /// As SQL, with its options; none for the default of the type.
    pub opclass: Option<String>,
    pub descending: bool,
    /// The default is that of the direction: last ascending, first descending.
    pub nulls_first: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum KeyExpression {
    /// The name of a column, as the catalog has it.
    Column(String),
    /// SQL, without the parentheses around it.
    Expression(String),
}

impl IndexDefinition {
    /// A plain B-tree over columns, without a name.
    pub fn btree(schema: &str, table: &str, columns: &[&str]) -> Self {
        Self {
            schema: schema.to_owned(),
            table: table.to_owned(),
            name: String::new(),
            unique: false,
            method: "btree".to_owned(),
            keys: columns.iter().map(|column| KeyPart::column(column)).collect(),
            include: Vec::new(),
            predicate: None,
            nulls_not_distinct: false,
        }
    }

    /// Whether the other is the same index under another name.
    pub fn is_like(&self, other: &Self) -> bool {
        Self { name: other.name.clone(), ..self.clone() } == *other
    }

    /// The table as SQL names it.
    pub fn table_sql(&self) -> String {
        format!("{}.{}", quoted(&self.schema), quoted(&self.table))
    }

    /// The statement that creates it, without a semicolon.
    pub fn create_sql(&self, concurrently: bool) -> String {
        let keys: Vec<String> = self.keys.iter().map(KeyPart::sql).collect();
        let mut sql = format!(
            "create {}index {}{} on {} using {} ({})",
            if self.unique { "unique " } else { "" },
            if concurrently { "concurrently " } else { "" },
            quoted(&self.name),
            self.table_sql(),
            quoted(&self.method),
            keys.join(", "),
        );
        if !self.include.is_empty() {
            let columns: Vec<String> = self.include.iter().map(|it| quoted(it)).collect();
            // Writing into a string cannot fail, here and below.
            let _ = write!(sql, " include ({})", columns.join(", "));
        }
        if self.nulls_not_distinct {
            sql.push_str(" nulls not distinct");
        }
        if let Some(predicate) = &self.predicate {
            let _ = write!(sql, " where {predicate}");
        }
        sql
    }

    /// The statement that drops it, without a semicolon.
    pub fn drop_sql(&self, concurrently: bool) -> String {
        let concurrently = if concurrently { "concurrently " } else { "" };
        format!("drop index {concurrently}{}.{}", quoted(&self.schema), quoted(&self.name))
    }
}

impl KeyPart {
    /// A column, ascending, as its type orders by default.
    pub fn column(name: &str) -> Self {
        Self::of(KeyExpression::Column(name.to_owned()))
    }

    /// As [`KeyPart::column`].
    pub fn of(expression: KeyExpression) -> Self {
        Self { expression, collation: None, opclass: None, descending: false, nulls_first: false }
    }

    /// As it stands in the list of CREATE INDEX.
    pub fn sql(&self) -> String {
        let mut sql = match &self.expression {
            KeyExpression::Column(name) => quoted(name),
            KeyExpression::Expression(sql) => format!("({sql})"),
        };
        if let Some(collation) = &self.collation {
            let _ = write!(sql, " collate {collation}");
        }
        if let Some(opclass) = &self.opclass {
            let _ = write!(sql, " {opclass}");
        }
        if self.descending {
            sql.push_str(" desc");
        }
        match (self.descending, self.nulls_first) {
            (false, true) => sql.push_str(" nulls first"),
            (true, false) => sql.push_str(" nulls last"),
            _ => {}
        }
        sql
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_said() {
        let mut index = IndexDefinition::btree("public", "Album", &["name"]);
        index.name = "album_idx".to_owned();
        index.keys[0].descending = true;
        let expression = KeyExpression::Expression("lower(name)".to_owned());
        let opclass = Some("text_pattern_ops".to_owned());
        index.keys.push(KeyPart { opclass, nulls_first: true, ..KeyPart::of(expression) });
        index.include = vec!["order".to_owned()];
        index.predicate = Some("released is null".to_owned());
        assert_eq!(
            index.create_sql(true),
            "create index concurrently album_idx on public.\"Album\" using btree \
             (name desc nulls last, (lower(name)) text_pattern_ops nulls first) \
             include (\"order\") where released is null"
        );
        assert_eq!(index.drop_sql(false), "drop index public.album_idx");
    }
}
