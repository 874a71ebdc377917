#![no_main]

#[path = "../holds/paths.rs"]
mod it;

libfuzzer_sys::fuzz_target!(|text: &str| it::holds(text));
