#![no_main]

#[path = "../holds/metadata.rs"]
mod it;

libfuzzer_sys::fuzz_target!(|text: &str| it::holds(text));
