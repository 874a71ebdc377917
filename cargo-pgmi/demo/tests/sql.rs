//! The SQL tests of `db/__test__`, each one a test of Rust.

pgmi::sql_tests!();
