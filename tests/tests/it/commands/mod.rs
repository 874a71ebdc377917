//! The commands around a deployment, each as its user meets it.

mod completion;
mod db;
mod demo;
mod help;
mod init;
mod init_app;
mod metadata;
mod pages;
#[cfg(unix)]
mod terminal;
mod transcripts;
mod words;
