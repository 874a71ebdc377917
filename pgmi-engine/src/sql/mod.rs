//! SQL as text: PostgreSQL's lexical rules, where statements end, and where positions point.
//!
//! Never a grammar: PostgreSQL is the parser.

pub mod lexer;
mod position;
pub mod statement;

pub use lexer::{Token, TokenKind, tokens};
pub use position::{PositionMap, byte_of_char};
pub use statement::{Statement, statements};
