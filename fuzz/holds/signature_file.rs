//! A signature file is read or refused; what is read is written as a text that is read as the same.

use pgmi_engine::Error;
use pgmi_engine::diagnostic::{SourceText, render};
use pgmi_engine::signature::{SignatureFile, TypeFile};

pub fn holds(text: &str) {
    let source = |text: &str| SourceText::new("a.sig.yaml", text);
    match SignatureFile::parse(&source(text)) {
        Ok(file) => {
            let written = file.to_yaml();
            let again = SignatureFile::parse(&source(&written));
            assert_eq!(again.map(|it| it.to_yaml()).ok(), Some(written));
        }
        Err(error) => points_into(text, &error),
    }
    match TypeFile::parse(&source(text)) {
        Ok(file) => {
            let written = file.to_yaml();
            let again = TypeFile::parse(&source(&written));
            assert_eq!(again.map(|it| it.to_yaml()).ok(), Some(written));
        }
        Err(error) => points_into(text, &error),
    }
}

fn points_into(text: &str, error: &Error) {
    for finding in error.diagnostics() {
        for label in &finding.labels {
            assert!(label.span.end <= text.len());
        }
        assert!(!render::render(finding, false).is_empty());
    }
}
