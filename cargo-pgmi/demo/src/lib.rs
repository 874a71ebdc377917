//! A collection of music in PostgreSQL.

/// A struct for each file of `db/queries`, made when this crate is built, and the types of the database.
pub mod db {
    pgmi::include_queries!();
}

pub mod shelf;
