//! Which database a project makes: the same hash, the same schema.

use std::fmt;

use sha2::{Digest, Sha256};

use super::{Deployment, Parameters, Project, SourceFile};

/// What everything that can shape a project's database comes to: its files, the deployment parameters,
/// the version of the server. Known without a server, so that nothing needs to be started to find out
/// that nothing has changed.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SchemaHash(Box<str>);

/// Changes when the same inputs would make another database.
const FORMAT: &str = "pgmi schema 1";

impl SchemaHash {
    /// `server_version` as [`crate::project`]'s users know it beforehand, such as `17.5`.
    ///
    /// Left out are tests, which a database for building is made without, and what describes queries: their
    /// folder, signature files, `pgmi.lock`, and `pgmi.yaml`, whose parameters count.
    pub fn of(project: &Project, parameters: &Parameters, server_version: &str) -> Self {
        let mut inputs = Inputs(Sha256::new());
        inputs.add("format", FORMAT);
        inputs.add("server", server_version);
        for (key, value) in parameters.iter() {
            inputs.add(key, value);
        }
        match &project.deployment {
            Deployment::Script(script) => inputs.add("deploy.sql", script.source.text()),
            Deployment::Migrations(_) => inputs.add("migrations", ""),
        }
        for file in project.files.iter().filter(|file| can_shape(file, project)) {
            inputs.add(file.path.as_str(), &file.content);
        }
        Self(inputs.0.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// The hash of this schema with something more in it, whose content `what` stands for.
    #[must_use]
    pub fn with(&self, what: &str) -> Self {
        let mut inputs = Inputs(Sha256::new());
        inputs.add(self.as_str(), what);
        Self(inputs.0.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// All of it: 64 hexadecimal digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As much as a name has room for: 16 digits.
    pub fn short(&self) -> &str {
        &self.0[..16]
    }
}

struct Inputs(Sha256);

impl Inputs {
    /// With lengths in front, so that no two lists of inputs look the same.
    fn add(&mut self, name: &str, content: &str) {
        for part in [name, content] {
            self.0.update((part.len() as u64).to_le_bytes());
            self.0.update(part);
        }
    }
}

impl Project {
    /// The project as it shapes a database: without the files that [`SchemaHash`] leaves out. A deployment of
    /// this cannot depend on what the hash does not know.
    #[must_use]
    pub fn shaping(&self) -> Self {
        // The migrations of a project without `deploy.sql` are all it has, and known by their numbers.
        let Deployment::Script(_) = &self.deployment else { return self.clone() };
        Self {
            root: self.root.clone(),
            deployment: self.deployment.clone(),
            files: self.files.iter().filter(|file| can_shape(file, self)).cloned().collect(),
            test_files: self.test_files.clone(),
            test_directories: self.test_directories.clone(),
            other_test_files: self.other_test_files.clone(),
            queries: self.queries.clone(),
        }
    }
}

fn can_shape(file: &SourceFile, project: &Project) -> bool {
    let (path, name) = (file.path.as_str(), file.path.name());
    let describes = name.ends_with(".sig.yaml")
        || name.ends_with(".sig1.pgn.yaml")
        || ["./pgmi.lock", "./pgmi.yaml"].contains(&path);
    !describes && !path.starts_with(&project.queries)
}

impl fmt::Display for SchemaHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for SchemaHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.short())
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::project::OpenOptions;

    fn hash_with(changes: &[(&str, &str)], parameter: &str, version: &str) -> SchemaHash {
        let folder = tempfile::tempdir().unwrap();
        let files = [("deploy.sql", "select 1"), ("a.sql", "a"), ("queries/q.sql", "q")];
        for (path, content) in files.iter().chain(changes) {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        let project = Project::open(folder.path(), &OpenOptions::default()).unwrap();
        let mut parameters = Parameters::default();
        parameters.set("p", parameter).unwrap();
        SchemaHash::of(&project, &parameters, version)
    }

    #[test]
    fn only_what_can_shape_the_database_counts() {
        let plain = hash_with(&[], "x", "17.5");
        assert_eq!(hash_with(&[], "x", "17.5"), plain);
        for same in [
            ("queries/q.sql", "other"),
            ("queries/q.sig.yaml", "x"),
            ("__test__/t.sql", "select 2"),
            ("pgmi.lock", "x"),
            ("types/public/t.sig1.pgn.yaml", "x"),
        ] {
            assert_eq!(hash_with(&[same], "x", "17.5"), plain, "{same:?}");
        }
        for other in [("a.sql", "b"), ("deploy.sql", "select 2"), ("b.csv", ""), ("a.sqla", "")] {
            assert_ne!(hash_with(&[other], "x", "17.5"), plain, "{other:?}");
        }
        assert_ne!(hash_with(&[], "y", "17.5"), plain);
        assert_ne!(hash_with(&[], "x", "17.6"), plain);
        assert_eq!((plain.as_str().len(), plain.short().len()), (64, 16));
    }

    #[test]
    fn what_does_not_count_is_not_deployed_either() {
        let folder = tempfile::tempdir().unwrap();
        let files = ["deploy.sql", "a.sql", "queries/q.sql", "queries/q.sig.yaml", "pgmi.lock"];
        for path in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "select 1").unwrap();
        }
        let shaping = Project::open(folder.path(), &OpenOptions::default()).unwrap().shaping();
        let paths: Vec<_> = shaping.files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths, ["./a.sql"]);
    }

    #[test]
    fn queries_may_be_elsewhere() {
        let folder = tempfile::tempdir().unwrap();
        let hash = |sql: &str| {
            fs::create_dir_all(folder.path().join("sql/queries")).unwrap();
            fs::write(folder.path().join("deploy.sql"), "select 1").unwrap();
            fs::write(folder.path().join("sql/queries/q.sql"), sql).unwrap();
            let project = Project::open(folder.path(), &OpenOptions::default()).unwrap();
            let project = project.with_queries_in(&folder.path().join("sql/../sql/queries"));
            SchemaHash::of(&project, &Parameters::default(), "17")
        };
        assert_eq!(hash("select 1"), hash("select 2"));
    }
}
