#![no_main]

#[path = "../holds/connection_string.rs"]
mod it;

libfuzzer_sys::fuzz_target!(|text: &str| it::holds(text));
