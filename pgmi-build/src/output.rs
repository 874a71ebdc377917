//! Files of `OUT_DIR`.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

/// Writes a file if that changes it: what is untouched is not compiled again.
pub(crate) fn write(path: &Path, text: &str) -> io::Result<()> {
    if fs::read(path).is_ok_and(|old| old == text.as_bytes()) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text)
}

/// Writes what has changed in a folder, and removes what is not needed any more.
pub(crate) fn write_all(
    folder: &Path,
    files: &BTreeMap<String, impl AsRef<str>>,
) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for (name, text) in files {
        write(&folder.join(name), text.as_ref())?;
    }
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if !entry.file_name().to_str().is_some_and(|name| files.contains_key(name)) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_left_as_it_is_or_removed() {
        let folder = std::env::temp_dir().join(format!("pgmi-output-{}", std::process::id()));
        let texts = |texts: &[(&str, &str)]| -> BTreeMap<String, String> {
            texts.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
        };
        write_all(&folder, &texts(&[("a.rs", "1"), ("b.rs", "2")])).unwrap();
        let modified = |name: &str| fs::metadata(folder.join(name)).unwrap().modified().unwrap();
        let before = modified("b.rs");
        write_all(&folder, &texts(&[("b.rs", "2"), ("c.rs", "3")])).unwrap();
        assert_eq!(modified("b.rs"), before);
        let mut names: Vec<_> =
            fs::read_dir(&folder).unwrap().map(|it| it.unwrap().file_name()).collect();
        names.sort();
        assert_eq!(names, ["b.rs", "c.rs"]);
        fs::remove_dir_all(&folder).unwrap();
    }
}
