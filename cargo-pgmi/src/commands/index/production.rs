//! What is known of the databases in production.

use std::collections::HashSet;

use pgmi_engine::Result;
use pgmi_engine::connection::Target;
use pgmi_engine::index::{IndexDefinition, read_tables};
use pgmi_engine::manifest::IndexSettings;

pub struct Production {
    /// Nobody but this project uses the database.
    pub sole_client: bool,
    /// What the settings say; none where they say nothing.
    pub concurrently: Option<bool>,
    /// Schema and name of the tables that there are; none where no database was named.
    tables: Option<HashSet<(String, String)>>,
}

impl Production {
    /// # Errors
    /// The database that was named cannot be asked.
    pub fn of(settings: &IndexSettings, database: Option<&Target>) -> Result<Self> {
        let IndexSettings { sole_client, concurrently, .. } = *settings;
        let tables = database.map(read_tables).transpose()?;
        Ok(Self { sole_client, concurrently, tables })
    }

    /// Whether others may write to the table while its index is made: taken for granted where nothing is said.
    pub fn is_in_use(&self, index: &IndexDefinition) -> bool {
        let key = (index.schema.clone(), index.table.clone());
        self.concurrently.unwrap_or(true) && self.exists(&key)
    }

    fn exists(&self, table: &(String, String)) -> bool {
        self.tables.as_ref().is_none_or(|tables| tables.contains(table))
    }
}
