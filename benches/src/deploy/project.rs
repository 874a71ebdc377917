//! A project of many files, each the size of a real migration, and the same statements as others want them.

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

/// The project in all its forms; removed with this value.
pub(crate) struct Generated {
    folder: tempfile::TempDir,
    pub(crate) files: usize,
    pub(crate) statements: usize,
    pub(crate) bytes: usize,
}

impl Generated {
    pub(crate) fn write(files: usize) -> io::Result<Self> {
        let folder = tempfile::tempdir()?;
        let at = |path: &str| folder.path().join(path);
        for path in ["db/migrations", "sqlx", "refinery", "dbmate", "sqitch/deploy"] {
            fs::create_dir_all(at(path))?;
        }
        fs::write(at("db/deploy.sql"), DEPLOY)?;
        let (mut script, mut statements) = (String::from("begin;\n"), 0);
        let mut plan = String::from("%syntax-version=1.0.0\n%project=bench\n\n");
        for number in 1..=files {
            let Migration { sql, statements: more } = migration(number);
            statements += more;
            fs::write(at(&format!("db/migrations/{number:05}_thing.sql")), &sql)?;
            fs::write(at(&format!("sqlx/{number:05}_thing.sql")), &sql)?;
            fs::write(at(&format!("refinery/V{number}__thing.sql")), &sql)?;
            fs::write(
                at(&format!("dbmate/{number:05}_thing.sql")),
                format!("-- migrate:up\n{sql}\n-- migrate:down\n"),
            )?;
            let change = format!("begin;\n{sql}commit;\n");
            fs::write(at(&format!("sqitch/deploy/thing_{number:05}.sql")), change)?;
            // Writing into a String does not fail.
            let _ =
                writeln!(plan, "thing_{number:05} 2026-01-01T00:00:00Z Bench <bench@example.com>");
            script += &sql;
        }
        let bytes = script.len();
        script += "commit;\n";
        fs::write(at("script.sql"), script)?;
        fs::write(at("sqitch/sqitch.plan"), plan)?;
        fs::write(at("sqitch/sqitch.conf"), "[core]\n\tengine = pg\n")?;
        Ok(Self { folder, files, statements, bytes })
    }

    fn at(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// As pgmi wants it, with a deploy.sql.
    pub(crate) fn pgmi(&self) -> PathBuf {
        self.at("db")
    }

    /// All in one.
    pub(crate) fn script(&self) -> PathBuf {
        self.at("script.sql")
    }

    /// Files with a number, as this tool wants them.
    pub(crate) fn numbered(&self, tool: &str) -> PathBuf {
        self.at(tool)
    }

    /// With a plan.
    pub(crate) fn sqitch(&self) -> PathBuf {
        self.at("sqitch")
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
