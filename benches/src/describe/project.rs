//! A shop that has grown: migrations with tables that refer to each other, and ten queries over each.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::PathBuf;

/// How many migrations there are.
pub(crate) const MIGRATIONS: usize = 50;

/// Runs the migrations in one transaction.
const DEPLOY: &str = r#"begin;
do $$
declare
    v_file record;
begin
    for v_file in
        select content from pg_temp.pgmi_source_view where directory = './migrations/' order by path collate "C"
    loop
        execute v_file.content;
    end loop;
end;
$$;
commit;
"#;

/// The project; removed with this value.
pub(crate) struct Generated {
    folder: tempfile::TempDir,
}

impl Generated {
    pub(crate) fn write(queries: usize) -> io::Result<Self> {
        let generated = Self { folder: tempfile::tempdir()? };
        let folder = generated.folder();
        fs::create_dir_all(folder.join("migrations"))?;
        fs::create_dir_all(folder.join("queries"))?;
        fs::write(folder.join("deploy.sql"), DEPLOY)?;
        for number in 0..MIGRATIONS {
            fs::write(folder.join(format!("migrations/{number:03}.sql")), migration(number))?;
        }
        for number in 0..queries {
            fs::write(generated.query(number), query(number))?;
        }
        Ok(generated)
    }

    pub(crate) fn folder(&self) -> PathBuf {
        self.folder.path().join("db")
    }

    fn query(&self, number: usize) -> PathBuf {
        self.folder().join(format!("queries/query_{number:04}.sql"))
    }

    /// Makes a query another one that takes and gives the same.
    pub(crate) fn edit(&self, number: usize, round: usize) -> io::Result<()> {
        let sql = format!("select * from thing_000 where id = $id and id <> {round}\n");
        fs::write(self.query(number), sql)
    }

    /// Removes what `generate` wrote.
    pub(crate) fn forget(&self) -> io::Result<()> {
        for entry in fs::read_dir(self.folder().join("queries"))? {
            let path = entry?.path();
            if path.extension().is_some_and(|it| it == "yaml") {
                fs::remove_file(path)?;
            }
        }
        let _ = fs::remove_dir_all(self.folder().join("types"));
        let _ = fs::remove_file(self.folder().join("pgmi.lock"));
        Ok(())
    }
}

/// A table with a parent, an enum, an index, a view and a trigger.
fn migration(number: usize) -> String {
    let (table, parent) = (thing(number), thing(number.saturating_sub(1)));
    let mut sql = format!(
        "create type {table}_state as enum ('new', 'paid', 'sent', 'gone');

create table {table} (
    id         bigint generated always as identity primary key,
    parent     bigint references {parent} (id) on delete cascade,
    code       text not null unique check (code ~ '^[A-Z]{{2}}-[0-9]+$'),
    name       text not null,
    note       text,
    price      numeric(12, 2) not null check (price >= 0),
    state      {table}_state not null default 'new',
    tags       text[] not null default '{{}}',
    details    jsonb,
    created_at timestamptz not null default pg_catalog.now()
);

create index {table}_name on {table} (pg_catalog.lower(name));
create unique index {table}_new on {table} (name) where state = 'new';
create view {table}_priced as
    select t.id, t.name, p.name as parent_name, t.price
      from {table} as t left join {parent} as p on p.id = t.parent;
"
    );
    let _ = write!(
        sql,
        "
create function {table}_touch() returns trigger language plpgsql as $$
begin
    new.created_at := coalesce(new.created_at, pg_catalog.now());
    return new;
end;
$$;
create trigger {table}_touch before insert on {table} for each row execute function {table}_touch();
"
    );
    sql
}

/// One of ten kinds, each over another table.
fn query(number: usize) -> String {
    let at = (number / 10) % MIGRATIONS;
    let (table, parent) = (thing(at), thing(at.saturating_sub(1)));
    // Numbers above the first round of tables would repeat a query word for word.
    let round = number / 10 / MIGRATIONS;
    let sql = match number % 10 {
        0 => format!("select * from {table} where id = $id"),
        1 => format!("select id, price from {table} where code = $code and price > {round}"),
        2 => format!(
            "select t.id, t.name, p.name as parent_name, p.price as parent_price\n  from {table} as t left join {parent} as p on p.id = t.parent\n where t.state = any($states) order by t.created_at desc limit $count"
        ),
        3 => format!(
            "insert into {table} (parent, code, name, price, tags, details)\nvalues ($parent, $code, $name, $price, $tags, $details)\nreturning id, created_at"
        ),
        4 => format!(
            "update {table} set note = $note, state = $state where id = $id returning note, state"
        ),
        5 => format!("delete from {table} where created_at < $before"),
        6 => format!(
            "select count(*) as things, sum(price) as total, max(created_at) as latest from {table}"
        ),
        7 => format!(
            "with recent as (select * from {table} where created_at > now() - $age::interval)\nselect r.state, count(*) as things, array_agg(r.name) as names from recent as r group by r.state"
        ),
        8 => format!(
            "select v.name, v.parent_name, coalesce(v.price, 0) as price, row_number() over (order by v.price) as place\n  from {table}_priced as v where lower(v.name) like lower($pattern)"
        ),
        _ => format!(
            "insert into {table} (code, name, price) select u.code, u.name, u.price\n  from unnest($codes::text[], $names::text[], $prices::numeric[]) as u (code, name, price)\non conflict (code) do update set price = excluded.price returning id"
        ),
    };
    format!("-- Query {number} over {table}.\n{sql}\n")
}

fn thing(number: usize) -> String {
    format!("thing_{number:03}")
}
