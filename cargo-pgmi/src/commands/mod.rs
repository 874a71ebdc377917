//! One command, one file.

pub mod check;
pub mod deploy;
mod deploy_json;
pub mod explain;
pub mod generate;
mod queries;
pub mod server;
mod throwaway;
