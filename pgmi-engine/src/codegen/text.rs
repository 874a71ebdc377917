//! Text inside Rust: string literals and documentation.

/// A string literal whose value is exactly `text`; a raw one, which people can read, wherever that is possible.
pub(super) fn literal(text: &str) -> String {
    let plain = |c: char| c == '\n' || c == '\t' || !(c.is_control() || changes_direction(c));
    if !text.chars().all(plain) {
        return format!("{text:?}");
    }
    if !text.contains(['\n', '"', '\\']) {
        return format!("\"{text}\"");
    }
    let hashes = "#".repeat(longest_hashes(text));
    format!("r{hashes}\"{text}\"{hashes}")
}

/// How many `#` a raw string needs so that nothing in `text` ends it.
fn longest_hashes(text: &str) -> usize {
    let behind_quotes = text.split('"').skip(1);
    let needed = behind_quotes.map(|rest| rest.len() - rest.trim_start_matches('#').len() + 1);
    needed.max().unwrap_or(0)
}

/// Characters that make a line look different from what it is; rustc refuses them in sources.
fn changes_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Lines of documentation.
pub(super) fn doc(out: &mut String, indent: &str, text: &str) {
    for line in text.lines() {
        let line: String = line.chars().map(shown).collect();
        let line = line.trim_end();
        let space = if line.is_empty() { "" } else { " " };
        out.push_str(&format!("{indent}///{space}{line}\n"));
    }
}

/// SQL as documentation shows it.
pub(super) fn doc_sql(out: &mut String, indent: &str, sql: &str) {
    let mut fence = "```".to_owned();
    while sql.contains(&fence) {
        fence.push('`');
    }
    doc(out, indent, &format!("{fence}sql\n{sql}\n{fence}"));
}

/// `text` as code inside a line of documentation.
pub(super) fn code(text: &str) -> String {
    let line: String = text.chars().map(shown).collect();
    match line.contains('`') {
        true => format!("`` {line} ``"),
        false => format!("`{line}`"),
    }
}

fn shown(c: char) -> char {
    let odd = (c.is_control() && c != '\t') || changes_direction(c);
    if odd { ' ' } else { c }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_raw_where_they_can_be() {
        for (text, expected) in [
            ("select 1", "\"select 1\""),
            ("select\n  1", "r\"select\n  1\""),
            ("select \"a\"", "r#\"select \"a\"\"#"),
            ("a\"##", "r###\"a\"##\"###"),
            ("a\\b", "r\"a\\b\""),
            ("a\r\nb", "\"a\\r\\nb\""),
            ("\u{202e}", "\"\\u{202e}\""),
        ] {
            assert_eq!(literal(text), expected);
        }
    }
}
