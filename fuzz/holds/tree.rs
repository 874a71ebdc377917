//! A tree is read or refused, and what is believed of it can be looked at.

use pgmi_engine::describe::tree::{expressions, parse, queries};

pub fn holds(text: &str) {
    // Half of the texts are no trees: they are put into one.
    let wrapped = format!("({{QUERY :commandType 1 :targetList {text}}})");
    for text in [text, &wrapped] {
        match parse(text) {
            Ok(value) => {
                for query in queries(&value) {
                    let _ = (query.is_grouped(), query.results().len(), query.visible().count());
                    assert!(!format!("{query:?}").is_empty());
                }
            }
            Err(error) => assert!(error.at <= text.len()),
        }
        let _ = expressions(text);
    }
}
