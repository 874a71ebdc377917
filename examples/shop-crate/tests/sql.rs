//! The shop's SQL tests, each of them a test of this crate.

pgmi::sql_tests!();
