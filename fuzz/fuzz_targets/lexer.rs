#![no_main]

#[path = "../holds/lexer.rs"]
mod it;

libfuzzer_sys::fuzz_target!(|text: &str| it::holds(text));
