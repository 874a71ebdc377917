#![no_main]

#[path = "../holds/signature_file.rs"]
mod it;

libfuzzer_sys::fuzz_target!(|text: &str| it::holds(text));
