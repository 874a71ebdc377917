//! The order in which `pgmi_plan_view` shows a project's files, worked out without a server.

use super::{Project, SourceFile};

/// A row of `pgmi_plan_view`.
#[derive(Clone, Debug)]
pub struct PlanRow<'a> {
    pub file: &'a SourceFile,
    /// One of the file's keys; its path when it has none.
    pub sort_key: &'a str,
    /// Counted from 1.
    pub execution_order: usize,
}

impl Project {
    /// The rows of `pgmi_plan_view`: a file for each of its sort keys, whether it is SQL or not.
    pub fn plan(&self) -> Vec<PlanRow<'_>> {
        plan(&self.files)
    }
}

/// Orders by the bytes of key and path, as `collate "C"` does in the view.
pub(super) fn plan(files: &[SourceFile]) -> Vec<PlanRow<'_>> {
    let mut keyed: Vec<(&str, &SourceFile)> =
        files.iter().flat_map(|file| file.sort_keys().map(move |key| (key, file))).collect();
    keyed.sort_by(|(key, file), (other, behind)| {
        (key, file.path.as_str()).cmp(&(other, behind.path.as_str()))
    });
    let row = |(index, (sort_key, file))| PlanRow { file, sort_key, execution_order: index + 1 };
    keyed.into_iter().enumerate().map(row).collect()
}

impl SourceFile {
    /// What its places in the plan are ordered by: the keys it names, else its path.
    fn sort_keys(&self) -> impl Iterator<Item = &str> {
        let named = self.metadata.as_ref().map_or(&[][..], |metadata| &metadata.sort_keys);
        let path = named.is_empty().then_some(self.path.as_str());
        named.iter().map(String::as_str).chain(path)
    }
}

#[cfg(test)]
mod tests {
    use crate::project::{OpenOptions, Project};

    #[test]
    fn a_file_comes_once_for_each_key_and_bytes_decide() {
        let keyed = "/* <pgmi-meta id='11111111-2222-3333-4444-555555555555' idempotent='1'>\
             <sortKeys><key>400</key><key>150</key><key>150</key></sortKeys></pgmi-meta> */";
        let files = [("deploy.sql", ""), ("a_.sql", ""), ("a-.sql", ""), ("z.sql", keyed)];
        let project = Project::from_files(files, &OpenOptions::default()).unwrap();
        let rows = project.plan();
        let shown: Vec<_> =
            rows.iter().map(|it| (it.execution_order, it.sort_key, it.file.path.name())).collect();
        assert_eq!(
            shown,
            [
                (1, "./a-.sql", "a-.sql"),
                (2, "./a_.sql", "a_.sql"),
                (3, "150", "z.sql"),
                (4, "150", "z.sql"),
                (5, "400", "z.sql"),
            ]
        );
    }
}
