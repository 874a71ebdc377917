//! The crate of the demo. Its files lie in `demo/` of this package, where they can be read and tested as they are.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use pgmi_engine::Result;
use pgmi_engine::diagnostic::{Code, Diagnostic};

use crate::commands::init::dependencies::Source;
use crate::whole_file;

/// A file: from the crate's folder, and its text.
type File = (&'static str, &'static str);

macro_rules! files {
    ($($path:literal $(from $stored:literal)?,)+) => {
        &[$((
            $path,
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/demo/", files!(@stored $path $($stored)?))),
        )),+]
    };
    (@stored $path:literal $stored:literal) => { $stored };
    (@stored $path:literal) => { $path };
}

const FILES: &[File] = files! {
    // Under their own names Cargo and git would take them for theirs.
    "Cargo.toml" from "manifest.toml",
    ".gitignore" from "gitignore",
    "build.rs",
    "src/lib.rs",
    "src/main.rs",
    "src/shelf.rs",
    "tests/shelf.rs",
    "tests/sql.rs",
    "db/deploy.sql",
    "db/migrations/001_music.sql",
    "db/migrations/002_search.sql",
    "db/migrations/003_first_albums.sql",
    "db/queries/add_album.sql",
    "db/queries/albums_of_artist.sql",
    "db/queries/artist_named.sql",
    "db/queries/count_by_format.sql",
    "db/queries/rate_album.sql",
    "db/queries/select_album.sql",
    "db/__test__/_setup.sql",
    "db/__test__/test_artists.sql",
    "db/__test__/test_ratings.sql",
};

/// Writes the crate into a folder that is empty or not there yet.
///
/// # Errors
/// [`Code::Usage`] where there is something already; as [`whole_file::write`].
pub fn unpack(folder: &Path) -> Result<()> {
    is_free(folder)?;
    let source = Source::find(None)?;
    for (path, text) in FILES {
        let text = match *path {
            // The longer name first: it begins with the shorter one.
            "Cargo.toml" => {
                &["pgmi-build", "pgmi"].iter().fold((*text).to_owned(), |text, name| {
                    text.replace(&format!("${name}"), &source.place(name))
                })
            }
            _ => *text,
        };
        whole_file::write(&folder.join(path), text)?;
    }
    Ok(())
}

/// The lines of the crate that run a query.
pub fn calls() -> impl Iterator<Item = &'static str> {
    let text = FILES.iter().find(|(path, _)| *path == "src/shelf.rs").map_or("", |(_, text)| text);
    let runs = |line: &&str| line.contains(".fetch(client)") || line.contains(".execute(client)");
    text.lines().filter(runs).map(str::trim)
}

fn is_free(folder: &Path) -> Result<()> {
    let shown = folder.display();
    let first = match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => {
            let message = format!("--keep: cannot read `{shown}`: {error}");
            return Err(Diagnostic::error(Code::Usage, message)
                .help("name a folder that is empty, or that does not exist yet")
                .into());
        }
        Ok(mut entries) => entries.next(),
    };
    match first {
        None => Ok(()),
        Some(_) => Err(Diagnostic::error(Code::Usage, format!("--keep: `{shown}` is not empty"))
            .note("nothing was changed")
            .help("name a folder that is empty, or that does not exist yet")
            .into()),
    }
}
