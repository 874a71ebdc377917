//! A path is refused, or its parts make it up again.

use pgmi_engine::project::{OpenOptions, Project};

pub fn holds(path: &str) {
    let files = [("deploy.sql", ""), (path, "")];
    let Ok(project) = Project::from_files(files, &OpenOptions::default()) else { return };
    let tests = project.test_files.iter().map(|file| &file.path).chain(&project.other_test_files);
    for path in project.files.iter().map(|file| &file.path).chain(tests) {
        assert!(path.as_str().starts_with("./"));
        assert_eq!(format!("{}{}", path.directory(), path.name()), path.as_str());
        assert_eq!(path.depth() + 1, path.as_str().matches('/').count());
        assert_eq!(path.parent_folder_name().is_none(), path.depth() == 0);
        assert!(path.name().ends_with(path.extension()));
        assert!(!path.name().trim().is_empty());
    }
    for directory in &project.test_directories {
        assert!(directory.path.ends_with('/'));
    }
}
