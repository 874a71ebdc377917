//! A project's `.env`: environment variables for people who run the tool by hand.

use std::io::ErrorKind;
use std::path::Path;

use super::parameter::parse_lines;
use crate::diagnostic::{Code, Diagnostic};

/// The variables of `<root>/.env`, or a warning when it is there and cannot be used; it is then ignored whole.
///
/// Nothing of its text is quoted in the warning: it holds passwords.
///
/// # Errors
/// [`Code::EnvFile`], a warning.
pub fn read_env_file(root: &Path) -> Result<Vec<(String, String)>, Box<Diagnostic>> {
    let path = root.join(".env");
    let bytes = match std::fs::read(&path) {
        Ok(bytes) => bytes,
        // Where the project's folder should be is a file: opening the project says so.
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(Vec::new());
        }
        Err(error) => return Err(warning(&path, &error.to_string())),
    };
    let text = String::from_utf8(bytes).map_err(|_| warning(&path, "it is not valid UTF-8"))?;
    let text = text.trim_start_matches('\u{feff}').replace("\nexport ", "\n");
    let text = text.strip_prefix("export ").unwrap_or(&text);
    match parse_lines(".env", text) {
        (variables, findings) if findings.is_empty() => Ok(variables),
        (_, findings) => Err(warning(&path, &findings[0].message)),
    }
}

fn warning(path: &Path, problem: &str) -> Box<Diagnostic> {
    let message = format!("`{}` is ignored: {problem}", path.display());
    Box::new(Diagnostic::warning(Code::EnvFile, message).help("write NAME=value, one a line"))
}
