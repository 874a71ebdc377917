//! A lock is read or refused; what is read is written as a text that is read as the same.

use pgmi_engine::diagnostic::{SourceText, render};
use pgmi_engine::signature::Lock;

pub fn holds(text: &str) {
    let read = |text: &str| Lock::parse(&SourceText::new("pgmi.lock", text));
    match read(text) {
        Ok(lock) => {
            let written = lock.to_text();
            assert_eq!(read(&written).map(|it| it.to_text()).ok(), Some(written));
        }
        Err(error) => {
            for finding in error.diagnostics() {
                for label in &finding.labels {
                    assert!(label.span.end <= text.len());
                }
                assert!(!render::render(finding, false).is_empty());
            }
        }
    }
}
