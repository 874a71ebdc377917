//! A `<pgmi-meta>` block for a file that has none, saying what holds of it already.

use std::fmt::Write;

use crate::project::SourceFile;

/// The block that a SQL file without metadata could begin with, in a comment, and with a line's end behind it.
///
/// Its id is the file's `generic_id` and its one sort key is its path: whoever recorded the file by its id
/// finds it again, and its place in the plan stays what it was, also when the file is moved later.
pub fn scaffold(file: &SourceFile, idempotent: bool) -> Option<String> {
    if file.metadata.is_some() || !file.path.is_sql_file() {
        return None;
    }
    Some(format!(
        "/*\n<pgmi-meta id=\"{}\" idempotent=\"{idempotent}\">\n  <sortKeys>\n    <key>{}</key>\n  </sortKeys>\n\
         </pgmi-meta>\n*/\n",
        file.path.generic_id(),
        escape(file.path.as_str()),
    ))
}

/// A file's text with a block in front: behind a byte order mark, with the line ends that the file has.
pub fn insert_block(text: &str, block: &str) -> String {
    let (mark, rest) = match text.strip_prefix('\u{feff}') {
        Some(rest) => ("\u{feff}", rest),
        None => ("", text),
    };
    match rest.split_once('\n') {
        Some((line, _)) if line.ends_with('\r') => {
            format!("{mark}{}{rest}", block.replace('\n', "\r\n"))
        }
        _ => format!("{mark}{block}{rest}"),
    }
}

/// As XML, and without what would begin or end a comment of SQL.
fn escape(text: &str) -> String {
    text.chars().fold(String::new(), |mut escaped, character| {
        match character {
            // Blanks at the ends of a key are not part of it.
            '&' | '<' | '>' | '*' | ' ' => {
                // Writing into a string cannot fail.
                let _ = write!(escaped, "&#{};", u32::from(character));
            }
            other => escaped.push(other),
        }
        escaped
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{OpenOptions, Project};

    fn read(path: &str, text: &str) -> Project {
        let files = [("deploy.sql", ""), (path, text)];
        Project::from_files(files, &OpenOptions::default()).unwrap()
    }

    #[test]
    fn what_is_scaffolded_changes_nothing() {
        for (path, text) in [
            ("a.sql", "select 1;\n"),
            ("a & b/<c>.sql", "-- x\r\nselect 1;\r\n"),
            ("*/a.sql", "\u{feff}select '/*';"),
            ("é/*.sql", ""),
        ] {
            let before = read(path, text);
            let file = &before.files[0];
            let written = insert_block(text, &scaffold(file, true).unwrap());
            let after = read(path, &written);
            let metadata = after.files[0].metadata.as_ref().unwrap();
            assert_eq!(metadata.id, file.path.generic_id());
            assert_eq!(metadata.sort_keys, [file.path.as_str()]);
            assert_eq!(after.plan()[0].sort_key, before.plan()[0].sort_key);
            assert_eq!(after.files[0].pgmi_checksum(), file.pgmi_checksum());
            assert_eq!(after.files[0].strict_checksum(), file.strict_checksum());
            assert_eq!(scaffold(&after.files[0], true), None);
            assert_eq!(written.starts_with('\u{feff}'), text.starts_with('\u{feff}'));
            assert_eq!(
                written.matches("\r\n").count() == written.matches('\n').count(),
                text.contains('\r')
            );
        }
        assert_eq!(scaffold(&read("a.md", "").files[0], true), None);
    }
}
