//! Every stable code, with how a process that meets it ends.

/// How a process ends; the number is its exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Outcome {
    Success = 0,
    /// Something outside the other classes, such as a full disk.
    Other = 1,
    /// The command line itself was wrong.
    Usage = 2,
    /// A check found differences between what is committed and what is true.
    Different = 4,
    /// Bad configuration, parameters or project files; nothing was connected to or changed.
    Configuration = 10,
    /// No connection to PostgreSQL.
    Connection = 11,
    /// The user did not approve.
    Denied = 12,
    /// PostgreSQL refused the project's SQL.
    Sql = 13,
    /// The folder has no `deploy.sql`.
    NoDeploySql = 14,
    /// Another deployment is running against the same database.
    Concurrent = 15,
    /// `--timeout` ran out.
    Timeout = 16,
    /// Ctrl-C or SIGTERM.
    Interrupted = 130,
}

macro_rules! codes {
    ($($(#[doc = $summary:literal])+ $variant:ident = $name:literal => $outcome:ident,)+) => {
        /// A stable name for one kind of finding; [`Code::name`] never changes once released.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $($(#[doc = $summary])+ $variant,)+ }

        impl Code {
            /// Every code there is, in the order of the source.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The kebab-case name.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// One sentence on what the code stands for.
            pub fn summary(self) -> &'static str {
                match self { $(Self::$variant => concat!($($summary),+).trim_ascii()),+ }
            }

            /// How a process that stops on this code ends.
            pub fn outcome(self) -> Outcome {
                match self { $(Self::$variant => Outcome::$outcome),+ }
            }
        }
    };
}

codes! {
    /// The project folder does not exist or is not a folder.
    ProjectNotFound = "project-not-found" => Configuration,
    /// The project folder has no `deploy.sql`.
    DeploySqlMissing = "deploy-sql-missing" => NoDeploySql,
    /// A file or folder of the project cannot be read.
    FileUnreadable = "file-unreadable" => Configuration,
    /// A file contains a NUL byte, which PostgreSQL cannot store in text.
    FileNulByte = "file-nul-byte" => Configuration,
    /// A file is not valid UTF-8.
    FileNotUtf8 = "file-not-utf8" => Configuration,
    /// A file is larger than the limit.
    FileTooLarge = "file-too-large" => Configuration,
    /// A symbolic link stands in the project.
    FileSymlink = "file-symlink" => Configuration,
    /// A file name that a session cannot hold.
    FileName = "file-name" => Configuration,
    /// A folder is named like `__name__` without being a test folder.
    DunderDirectory = "dunder-directory" => Configuration,
    /// A `<pgmi-meta>` block is wrong.
    Metadata = "metadata" => Configuration,
    /// Two files carry the same `<pgmi-meta>` id.
    MetadataDuplicateId = "metadata-duplicate-id" => Configuration,
    /// `pgmi.yaml` is wrong.
    Configuration = "configuration" => Configuration,
    /// A deployment parameter is wrong.
    Parameter = "parameter" => Configuration,
    /// The project's `.env` file cannot be read; it was ignored.
    EnvFile = "env-file" => Configuration,
    /// A callback of `CALL pgmi_test` is not a name.
    TestMacro = "test-macro" => Configuration,
    /// `--compat` names a session API that does not exist.
    Compat = "compat" => Configuration,
    /// COPY from or to the client in `deploy.sql` or a query.
    CopyStdin = "copy-stdin" => Sql,
    /// The connection settings are wrong or contradict each other.
    ConnectionSettings = "connection-settings" => Configuration,
    /// PostgreSQL cannot be reached, or does not let us in.
    ConnectionFailed = "connection-failed" => Connection,
    /// The connection broke while work was under way.
    ConnectionLost = "connection-lost" => Connection,
    /// The session does not stay on one server connection.
    TransactionPooler = "transaction-pooler" => Configuration,
    /// The server is older than what is supported.
    ServerVersion = "server-version" => Configuration,
    /// The database cannot be created, dropped or recreated.
    DatabaseSetup = "database-setup" => Connection,
    /// The database named for overwriting must not be overwritten.
    OverwriteRefused = "overwrite-refused" => Configuration,
    /// A statement needs a transaction, and none is open where it stands.
    NotInTransaction = "not-in-transaction" => Configuration,
    /// A statement that must stand alone shares a transaction with others.
    InTransaction = "in-transaction" => Configuration,
    /// BEGIN and COMMIT of `deploy.sql` do not match.
    TransactionUnbalanced = "transaction-unbalanced" => Configuration,
    /// A file that is executed begins or ends a transaction.
    TransactionInFile = "transaction-in-file" => Configuration,
    /// A loop executes files whether they are SQL or not.
    ExecutesOtherFiles = "executes-other-files" => Configuration,
    /// A parameter that the deployment reads is not given.
    ParameterMissing = "parameter-missing" => Configuration,
    /// A command of psql where only SQL is understood.
    PsqlCommand = "psql-command" => Configuration,
    /// Overwriting was not approved.
    ApprovalDenied = "approval-denied" => Denied,
    /// Another deployment holds the lock, or is creating the database.
    ConcurrentDeploy = "concurrent-deploy" => Concurrent,
    /// The database's encoding cannot hold a character of the project.
    DatabaseEncoding = "database-encoding" => Configuration,
    /// The session could not be prepared.
    SessionFailed = "session-failed" => Other,
    /// PostgreSQL refused a statement of the project.
    SqlFailed = "sql-failed" => Sql,
    /// A SQL test or a fixture failed.
    TestFailed = "test-failed" => Sql,
    /// A `CALL pgmi_test` found no test to run.
    NoTests = "no-tests" => Sql,
    /// A transaction was left open at the end of `deploy.sql`; its work is rolled back.
    TransactionLeftOpen = "transaction-left-open" => Sql,
    /// The time allowed by `--timeout` ran out.
    Timeout = "timeout" => Timeout,
    /// Interrupted by the user.
    Interrupted = "interrupted" => Interrupted,
    /// PostgreSQL refused a query.
    QueryFailed = "query-failed" => Sql,
    /// No deployment into the database was recorded, so nothing can be compared with it.
    NothingRecorded = "nothing-recorded" => Configuration,
    /// The catalog of the database cannot be read.
    CatalogUnreadable = "catalog-unreadable" => Connection,
    /// The role may not do in a given database what was asked.
    InsufficientPrivilege = "insufficient-privilege" => Sql,
    /// No PostgreSQL server binaries were found.
    ServerNotFound = "server-not-found" => Configuration,
    /// PostgreSQL binaries could not be installed.
    ServerInstall = "server-install" => Other,
    /// A throwaway PostgreSQL did not start.
    ClusterFailed = "cluster-failed" => Other,
    /// A query's file name is not snake_case.
    QueryName = "query-name" => Configuration,
    /// A query has no statement.
    QueryEmpty = "query-empty" => Configuration,
    /// A query has more than one statement.
    QueryStatements = "query-statements" => Configuration,
    /// A literal or a comment of a query does not end.
    QueryUnterminated = "query-unterminated" => Configuration,
    /// What follows `$` or `:` cannot be a parameter's name.
    PlaceholderName = "placeholder-name" => Configuration,
    /// A query mixes `$name`, `:name` and `$1`.
    PlaceholderStyle = "placeholder-style" => Configuration,
    /// Numbered placeholders leave one out, or have a number that cannot be.
    PlaceholderNumber = "placeholder-number" => Configuration,
    /// A colon can mark a placeholder or be PostgreSQL's own.
    PlaceholderAmbiguous = "placeholder-ambiguous" => Configuration,
    /// A result column has no name, or shares it with another.
    ColumnName = "column-name" => Configuration,
    /// A signature file cannot be read.
    SignatureUnreadable = "signature-unreadable" => Configuration,
    /// A query or a type has two signature files.
    SignatureDuplicate = "signature-duplicate" => Configuration,
    /// A query or a type has no signature file.
    SignatureMissing = "signature-missing" => Different,
    /// A signature file describes what the query or type is no longer.
    SignatureStale = "signature-stale" => Different,
    /// A signature file whose query or type is gone.
    SignatureOrphaned = "signature-orphaned" => Different,
    /// A signature file promises what is proven wrong.
    SignatureContradiction = "signature-contradiction" => Different,
    /// A signature file says less than what is proven; a warning.
    SignatureLoose = "signature-loose" => Different,
    /// The lock file cannot be read.
    LockUnreadable = "lock-unreadable" => Configuration,
    /// There is no lock file.
    LockMissing = "lock-missing" => Different,
    /// The lock file is out of date.
    LockStale = "lock-stale" => Different,
    /// `project1.pgn.yaml` is wrong.
    PgenieProject = "pgenie-project" => Configuration,
    /// The command line was wrong.
    Usage = "usage" => Usage,
    /// A file could not be written, a process not started.
    Io = "io" => Other,
}

impl Outcome {
    /// The exit code of a process that ends this way.
    pub fn exit_code(self) -> u8 {
        self as u8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_kebab_case_and_unique() {
        let mut names: Vec<_> = Code::ALL.iter().map(|code| code.name()).collect();
        for name in &names {
            assert!(name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'));
        }
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Code::ALL.len());
    }
}
