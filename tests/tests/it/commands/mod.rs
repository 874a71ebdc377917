//! The commands around a deployment, each as its user meets it.

mod completion;
mod db;
mod help;
mod init;
mod metadata;
#[cfg(unix)]
mod terminal;
mod transcripts;
mod words;
