//! One command, one file.

pub mod check;
pub mod deploy;
pub mod deploy_json;
mod deploy_words;
pub mod drift;
pub mod explain;
pub mod generate;
mod queries;
pub mod server;
pub mod test;
mod throwaway;
