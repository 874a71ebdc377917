#![no_main]

#[path = "../holds/statements.rs"]
mod it;

libfuzzer_sys::fuzz_target!(|text: &str| it::holds(text));
