//! One command, one file.

pub mod server;
