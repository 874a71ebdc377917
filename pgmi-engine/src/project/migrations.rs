//! Projects without `deploy.sql`: the files of `migrations/`, in natural order.
//!
//! Only files that lie directly in the folder count, as in the tool whose layout this is. Half of a pair
//! `1.up.sql` and `1.down.sql` undoes the other: it is nobody's wish to run both.

use super::deploy_script::copy_findings;
use super::natural_order::natural_order;
use super::path::ProjectPath;
use super::source_file::SourceFile;
use crate::diagnostic::Diagnostic;

/// The folder.
pub(super) const FOLDER: &str = "migrations";

/// Whether a file is one of the migrations.
pub(super) fn is_migration(path: &ProjectPath) -> bool {
    let name = path.name().to_ascii_lowercase();
    path.depth() == 1 && path.is_sql_file() && !name.ends_with(".down.sql")
}

/// The numbers of the files in the order in which they are applied.
pub(super) fn order(files: &[SourceFile]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..files.len()).collect();
    order.sort_by(|&a, &b| natural_order(files[a].path.as_str(), files[b].path.as_str()));
    order
}

/// What can be seen to be wrong without a server.
pub(super) fn findings(files: &[SourceFile]) -> Vec<Diagnostic> {
    let copies = files.iter().flat_map(|file| copy_findings(&file.source()));
    copies.map(|copy| copy.help("write the rows as INSERT")).collect()
}
