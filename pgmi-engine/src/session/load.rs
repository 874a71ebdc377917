//! The project as the arrays that `load.sql` takes.

use postgres::Client;
use postgres::types::{ToSql, Type};
use rayon::prelude::*;
use uuid::Uuid;

use crate::project::{Parameters, Project, ProjectPath, SourceFile};

const LOAD: &str = include_str!("load.sql");

/// Content that one message carries; a message of the protocol holds at most 1 GiB.
const MESSAGE_SIZE: usize = 64 * 1024 * 1024;

/// Loads files, tests, metadata and parameters; one round trip for each 64 MiB.
pub(super) fn load(
    client: &mut Client,
    project: &Project,
    parameters: &Parameters,
) -> Result<(), postgres::Error> {
    let mut chunks = chunks(&project.files);
    let last = chunks.pop().unwrap_or_default();
    for files in chunks {
        execute(client, &Sources::of(files), &Rest::default())?;
    }
    execute(client, &Sources::of(last), &Rest::of(project, parameters))
}

/// Stretches of files that fit a message each; at least one file in each.
fn chunks(files: &[SourceFile]) -> Vec<&[SourceFile]> {
    let (mut chunks, mut start, mut size) = (Vec::new(), 0, 0);
    for (at, file) in files.iter().enumerate() {
        if size + file.content.len() > MESSAGE_SIZE && at > start {
            chunks.push(&files[start..at]);
            (start, size) = (at, 0);
        }
        size += file.content.len();
    }
    chunks.push(&files[start..]);
    chunks
}

/// Columns of `_pgmi_source`.
#[derive(Default)]
struct Sources<'a> {
    paths: Vec<&'a str>,
    names: Vec<&'a str>,
    directories: Vec<&'a str>,
    extensions: Vec<&'a str>,
    depths: Vec<i32>,
    parents: Vec<Option<&'a str>>,
    are_sql: Vec<bool>,
    contents: Vec<&'a str>,
    checksums: Vec<String>,
    pgmi_checksums: Vec<String>,
    strict_checksums: Vec<String>,
}

impl<'a> Sources<'a> {
    fn of(files: &'a [SourceFile]) -> Self {
        let mut columns = Self::default();
        let checksums: Vec<_> = files.par_iter().map(checksums).collect();
        for (file, [raw, normalized, strict]) in files.iter().zip(checksums) {
            let path: &ProjectPath = &file.path;
            columns.paths.push(path.as_str());
            columns.names.push(path.name());
            columns.directories.push(path.directory());
            columns.extensions.push(path.extension());
            columns.depths.push(to_i32(path.depth()));
            columns.parents.push(path.parent_folder_name());
            columns.are_sql.push(path.is_sql_file());
            columns.contents.push(&file.content);
            columns.checksums.push(raw);
            columns.pgmi_checksums.push(normalized);
            columns.strict_checksums.push(strict);
        }
        columns
    }
}

fn checksums(file: &SourceFile) -> [String; 3] {
    [file.checksum(), file.pgmi_checksum(), file.strict_checksum()]
}

/// Columns of the other tables.
#[derive(Default)]
struct Rest<'a> {
    metadata_paths: Vec<&'a str>,
    ids: Vec<String>,
    idempotent: Vec<bool>,
    descriptions: Vec<&'a str>,
    key_paths: Vec<&'a str>,
    keys: Vec<&'a str>,
    test_directories: Vec<&'a str>,
    test_parents: Vec<Option<&'a str>>,
    test_depths: Vec<i32>,
    test_paths: Vec<&'a str>,
    test_file_directories: Vec<&'a str>,
    test_names: Vec<&'a str>,
    test_contents: Vec<&'a str>,
    fixtures: Vec<bool>,
    parameter_keys: Vec<&'a str>,
    parameter_values: Vec<&'a str>,
}

impl<'a> Rest<'a> {
    fn of(project: &'a Project, parameters: &'a Parameters) -> Self {
        let mut columns = Self::default();
        for file in &project.files {
            let Some(metadata) = &file.metadata else { continue };
            columns.metadata_paths.push(file.path.as_str());
            columns.ids.push(Uuid::to_string(&metadata.id));
            columns.idempotent.push(metadata.idempotent);
            columns.descriptions.push(&metadata.description);
            for key in &metadata.sort_keys {
                columns.key_paths.push(file.path.as_str());
                columns.keys.push(key);
            }
        }
        for directory in &project.test_directories {
            columns.test_directories.push(&directory.path);
            columns.test_parents.push(directory.parent_path.as_deref());
            columns.test_depths.push(to_i32(directory.depth));
        }
        for test in &project.test_files {
            columns.test_paths.push(test.path.as_str());
            columns.test_file_directories.push(test.path.directory());
            columns.test_names.push(test.path.name());
            columns.test_contents.push(&test.content);
            columns.fixtures.push(test.path.is_fixture());
        }
        for (key, value) in parameters.iter() {
            columns.parameter_keys.push(key);
            columns.parameter_values.push(value);
        }
        columns
    }
}

/// Depths are at most 100 folders.
fn to_i32(depth: usize) -> i32 {
    i32::try_from(depth).unwrap_or(i32::MAX)
}

/// The types are given, so that one round trip is enough.
fn execute(client: &mut Client, s: &Sources<'_>, r: &Rest<'_>) -> Result<(), postgres::Error> {
    let arguments: [(&(dyn ToSql + Sync), Type); 27] = [
        (&s.paths, Type::TEXT_ARRAY),
        (&s.names, Type::TEXT_ARRAY),
        (&s.directories, Type::TEXT_ARRAY),
        (&s.extensions, Type::TEXT_ARRAY),
        (&s.depths, Type::INT4_ARRAY),
        (&s.parents, Type::TEXT_ARRAY),
        (&s.are_sql, Type::BOOL_ARRAY),
        (&s.contents, Type::TEXT_ARRAY),
        (&s.checksums, Type::TEXT_ARRAY),
        (&s.pgmi_checksums, Type::TEXT_ARRAY),
        (&s.strict_checksums, Type::TEXT_ARRAY),
        (&r.metadata_paths, Type::TEXT_ARRAY),
        (&r.ids, Type::TEXT_ARRAY),
        (&r.idempotent, Type::BOOL_ARRAY),
        (&r.descriptions, Type::TEXT_ARRAY),
        (&r.key_paths, Type::TEXT_ARRAY),
        (&r.keys, Type::TEXT_ARRAY),
        (&r.test_directories, Type::TEXT_ARRAY),
        (&r.test_parents, Type::TEXT_ARRAY),
        (&r.test_depths, Type::INT4_ARRAY),
        (&r.test_paths, Type::TEXT_ARRAY),
        (&r.test_file_directories, Type::TEXT_ARRAY),
        (&r.test_names, Type::TEXT_ARRAY),
        (&r.test_contents, Type::TEXT_ARRAY),
        (&r.fixtures, Type::BOOL_ARRAY),
        (&r.parameter_keys, Type::TEXT_ARRAY),
        (&r.parameter_values, Type::TEXT_ARRAY),
    ];
    client.query_typed(LOAD, &arguments).map(|_| ())
}
