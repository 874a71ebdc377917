//! A file is read or refused; a finding points into it.

use pgmi_engine::diagnostic::render;
use pgmi_engine::project::{OpenOptions, Project};

pub fn holds(content: &str) {
    // Most texts have no block: half of them are put into one.
    let wrapped = format!("/* <pgmi-meta {content}</pgmi-meta> */");
    for content in [content, &wrapped] {
        let files = [("deploy.sql", ""), ("a.sql", content)];
        match Project::from_files(files, &OpenOptions::default()) {
            Ok(project) => {
                let file = &project.files[0];
                for checksum in [file.checksum(), file.pgmi_checksum(), file.strict_checksum()] {
                    assert_eq!(checksum.len(), 64);
                }
                if let Some(metadata) = &file.metadata {
                    assert!(file.content[metadata.id_span.clone()].len() > 1);
                }
            }
            Err(error) => {
                for finding in error.diagnostics() {
                    for label in &finding.labels {
                        assert!(label.span.end <= label.source.text().len());
                    }
                    assert!(!render::render(finding, false).is_empty());
                }
            }
        }
    }
}
