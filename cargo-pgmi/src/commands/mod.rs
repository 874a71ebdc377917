//! One command, one file.

pub mod deploy;
pub mod deploy_json;
pub mod server;
mod throwaway;
