//! One command, one file.

pub mod deploy;
mod deploy_json;
pub mod server;
mod throwaway;
