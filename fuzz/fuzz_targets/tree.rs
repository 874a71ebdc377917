#![no_main]

#[path = "../holds/tree.rs"]
mod it;

libfuzzer_sys::fuzz_target!(|text: &str| it::holds(text));
