//! One command, one file.

pub mod check;
pub mod completion;
pub mod db;
pub mod demo;
pub mod deploy;
pub mod deploy_json;
mod deploy_words;
pub mod drift;
pub mod explain;
pub mod generate;
pub mod index;
pub mod info;
pub mod init;
pub mod metadata;
mod queries;
pub mod server;
pub mod templates;
pub mod test;
mod throwaway;
pub mod version;
