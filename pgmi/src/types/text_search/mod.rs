//! `tsvector` and `tsquery`.

mod lexeme;
mod query;
mod query_text;
mod vector;

pub use lexeme::{Lexeme, Position, Weight};
pub use query::{QueryItem, TsQuery};
pub use vector::TsVector;
