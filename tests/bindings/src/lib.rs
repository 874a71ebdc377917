//! Bindings as they are generated for `db/`, kept so that rustc and clippy read them, and tests run them.
//!
//! `tests/it/bindings` holds the file against what is generated on every major; `PGMI_BLESS=1` writes it.

/// The bindings, as `pgmi::include_queries!()` puts them into a crate, but with clippy as strict as it gets.
#[warn(clippy::pedantic)]
#[allow(
    clippy::allow_attributes,
    clippy::doc_markdown,
    clippy::similar_names,
    clippy::struct_field_names,
    clippy::module_name_repetitions,
    clippy::pub_underscore_fields,
    reason = "these are about the names and comments of the user"
)]
pub mod db {
    include!("../generated/db.rs");
}

/// What the domain `email` is mapped to.
#[derive(Clone, Debug, PartialEq)]
pub struct Email(pub String);

/// What the column `row` of the odd table is mapped to.
#[derive(Clone, Debug, PartialEq)]
pub struct Number(pub i32);

pgmi::domain_type!(Email, String, "email");
pgmi::domain_type!(Number, i32, "int4");
