//! `cargo pgmi demo`: all of it on an example, and nothing is left behind.

use std::fs;
use std::path::Path;

use pgmi_tests::{Command, Finished, Project, binaries, on_every_major};

/// Runs it where nothing else leaves temporary files.
fn demo(major: u16, arguments: &[&str], temporary: &Project) -> Finished {
    binaries(major);
    let major = major.to_string();
    Command::new(&[&["demo", "--postgres", &major], arguments].concat())
        .current_dir(temporary.path())
        .env("TMPDIR", temporary.path())
        // Somebody else's database is not touched.
        .env("DATABASE_URL", "postgresql://nobody@nowhere.invalid/other")
        .env("PGMI_CONNECTION_STRING", "postgresql://nobody@nowhere.invalid/other")
        .run()
}

/// A folder that the user of the server may read.
fn open_folder() -> Project {
    let folder = Project::empty();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o777)).unwrap();
    }
    folder
}

/// What is there, but for what every server begins with, which is made once.
fn entries(folder: &Project) -> Vec<String> {
    let names = |folder: &Path| -> Vec<String> {
        let entries = fs::read_dir(folder).into_iter().flatten();
        entries.map(|it| it.unwrap().file_name().into_string().unwrap()).collect()
    };
    let mut found = names(folder.path());
    found.retain(|name| {
        let inside = names(&folder.join(name));
        inside.is_empty() || inside.iter().any(|it| !it.starts_with("initdb-"))
    });
    found
}

on_every_major! {
    fn runs_every_command_and_leaves_nothing(major: u16) {
        let temporary = open_folder();
        let done = demo(major, &[], &temporary).expect(0).says(&[
            &format!("PostgreSQL {major}."),
            "$ cargo pgmi deploy\n",
            "OK music: ",
            "$ cargo pgmi test\n",
            ": 2 passed\n",
            "$ cargo pgmi generate\n",
            "OK 6 queries: up to date\n",
            "$ cargo pgmi check\n",
            "OK 6 queries: as committed\n",
            "$ cargo pgmi explain select_album\n",
            "$ cargo run\n",
            "AlbumsOfArtist { artist: artist.id }).fetch(client).await?",
            "$ cargo pgmi index\n",
            "Nothing is left of it",
        ]);
        for words in [
            "select_album: zero_or_one",
            "1976-11-22 Hejira\n",
            "Blue Notes by various artists, Cd\n3 of Vinyl\n2 of Cd\n1 of Download\n",
            "create index album_artist_released_idx on public.album",
            "6 queries: 1 index missing, 1 index superfluous\n",
        ] {
            assert!(done.stdout.contains(words), "{words}\n{}", done.stdout);
        }
        assert_eq!(entries(&temporary), [""; 0]);
    }
}

/// What the crate does is tested with the README; here, that all of it is there.
#[test]
fn the_crate_stays_where_it_is_wanted() {
    let temporary = open_folder();
    demo(18, &["--keep", "some/music"], &temporary)
        .expect(0)
        .says(&["A crate, in some/music", "cd some/music"]);
    assert_eq!(entries(&temporary), ["some"]);
    let krate = temporary.join("some/music");
    for file in
        [".gitignore", "build.rs", "src/main.rs", "tests/sql.rs", "db/pgmi.lock", "db/deploy.sql"]
    {
        assert!(krate.join(file).is_file(), "{file}");
    }
    let manifest = temporary.read("some/music/Cargo.toml");
    assert!(manifest.contains("pgmi-build = { path = \"") && !manifest.contains('$'), "{manifest}");
    // Every file of the example is among them.
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../cargo-pgmi/demo");
    let mut number = 0;
    for folder in ["src", "tests", "db/migrations", "db/queries", "db/__test__"] {
        for entry in fs::read_dir(source.join(folder)).unwrap() {
            let entry = entry.unwrap();
            let kept = fs::read(krate.join(folder).join(entry.file_name())).unwrap();
            assert_eq!(kept, fs::read(entry.path()).unwrap(), "{:?}", entry.path());
            number += 1;
        }
    }
    assert!(number > 15, "{number}");

    let files = fs::read_dir(&krate).unwrap().count();
    demo(18, &["--keep", "some/music"], &temporary)
        .expect(2)
        .says(&["error[usage]: --keep: `some/music` is not empty", "nothing was changed"]);
    assert_eq!(fs::read_dir(&krate).unwrap().count(), files);
}

#[test]
fn programs_read_an_object_a_line() {
    let done = demo(18, &["--message-format", "json"], &open_folder()).expect(0);
    for line in done.stderr.lines() {
        let object: serde_json::Value =
            serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        assert!(object.is_object(), "{line}");
    }
    assert!(done.stdout.contains("\"query\":\"select_album\""), "{}", done.stdout);
}
