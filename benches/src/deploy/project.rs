//! A project of many files, each the size of a real migration, and the same statements as one script.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::PathBuf;

/// Runs every file, in order, in one transaction.
const DEPLOY: &str = r#"begin;
do $$
declare
    v_file record;
begin
    for v_file in
        select content from pg_temp.pgmi_source_view where is_sql_file order by path collate "C"
    loop
        execute v_file.content;
    end loop;
end;
$$;
commit;
"#;

/// The project and the script; removed with this value.
pub(crate) struct Generated {
    folder: tempfile::TempDir,
    pub(crate) statements: usize,
    pub(crate) bytes: usize,
}

impl Generated {
    pub(crate) fn write(files: usize) -> io::Result<Self> {
        let folder = tempfile::tempdir()?;
        let migrations = folder.path().join("db/migrations");
        fs::create_dir_all(&migrations)?;
        fs::write(folder.path().join("db/deploy.sql"), DEPLOY)?;
        let (mut script, mut statements) = (String::from("begin;\n"), 0);
        for number in 0..files {
            let migration = migration(number);
            statements += migration.statements;
            fs::write(migrations.join(format!("{number:05}_thing.sql")), &migration.sql)?;
            script += &migration.sql;
        }
        let bytes = script.len();
        script += "commit;\n";
        fs::write(folder.path().join("script.sql"), script)?;
        Ok(Self { folder, statements, bytes })
    }

    pub(crate) fn folder(&self) -> PathBuf {
        self.folder.path().join("db")
    }

    pub(crate) fn script(&self) -> PathBuf {
        self.folder.path().join("script.sql")
    }
}

struct Migration {
    sql: String,
    statements: usize,
}

/// A table with what belongs to it, and some rows: 1 to 5 KB, the same on every run.
fn migration(number: usize) -> Migration {
    let mut sql = String::new();
    let table = format!("thing_{number:05}");
    // Writing into a String does not fail.
    let _ = write!(
        sql,
        "-- {table}: what a real migration looks like, with a head that says why.
-- The columns are those that most tables have; some are checked.
create table {table} (
    id          bigint generated always as identity primary key,
    code        text        not null unique check (code ~ '^[A-Z]{{2}}-[0-9]+$'),
    name        text        not null,
    description text        not null default '',
    price       numeric(12, 2) not null check (price >= 0),
    tags        text[]      not null default '{{}}',
    details     jsonb       not null default '{{}}',
    created_at  timestamptz not null default pg_catalog.now(),
    updated_at  timestamptz not null default pg_catalog.now()
);

create index {table}_name on {table} (pg_catalog.lower(name));
create index {table}_tags on {table} using gin (tags);
comment on table {table} is 'Things of kind {number}; see the catalogue.';
comment on column {table}.details is 'What only some of them have.';

create function {table}_touch() returns trigger
language plpgsql
as $body$
begin
    -- A row that does not change keeps its time.
    if new is distinct from old then
        new.updated_at := pg_catalog.clock_timestamp();
    end if;
    return new;
end;
$body$;

create trigger {table}_touch
before update on {table}
for each row execute function {table}_touch();

"
    );
    // Between no row and some forty, unevenly spread.
    let rows = number * 7919 % 41;
    for row in 0..rows {
        let _ = writeln!(
            sql,
            "insert into {table} (code, name, price) values ('AB-{row}', 'thing {row}', {row}.50);"
        );
    }
    Migration { sql, statements: 7 + rows }
}
