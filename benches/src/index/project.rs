//! A project whose queries need indexes: groups of tables as applications have them.

use std::fs;
use std::io;
use std::path::PathBuf;

/// The project; removed with this value.
pub(crate) struct Generated {
    folder: tempfile::TempDir,
}

impl Generated {
    pub(crate) fn write(tables: usize, queries: usize) -> io::Result<Self> {
        let generated = Self { folder: tempfile::tempdir()? };
        let folder = generated.folder();
        fs::create_dir_all(folder.join("migrations"))?;
        fs::create_dir_all(folder.join("queries"))?;
        for number in 0..tables {
            fs::write(folder.join(format!("migrations/{number:03}.sql")), migration(number))?;
            for kind in 0..queries {
                let path = folder.join(format!("queries/query_{number:03}_{kind}.sql"));
                fs::write(path, query(number, number + kind))?;
            }
        }
        Ok(generated)
    }

    pub(crate) fn folder(&self) -> PathBuf {
        self.folder.path().join("db")
    }
}

/// A table that refers to the one before it.
fn migration(number: usize) -> String {
    let (table, parent) = (thing(number), thing(number.saturating_sub(1)));
    format!(
        "create table {table} (
    id         bigint generated always as identity primary key,
    parent     bigint references {parent} (id) on delete cascade,
    code       text not null unique,
    name       text not null,
    price      numeric(12, 2) not null check (price >= 0),
    state      text not null default 'new' check (state in ('new', 'paid', 'sent', 'gone')),
    tags       text[] not null default '{{}}',
    details    jsonb,
    created_at timestamptz not null default now()
);
create index {table}_name on {table} (lower(name));
"
    )
}

/// One of ten kinds.
fn query(number: usize, kind: usize) -> String {
    let (table, parent) = (thing(number), thing(number.saturating_sub(1)));
    let sql = match kind % 10 {
        0 => format!("select * from {table} where id = $id"),
        1 => format!("select id, price from {table} where name = $name"),
        2 => format!(
            "select t.id, p.name from {table} as t join {parent} as p on p.id = t.parent where p.code = $code"
        ),
        3 => {
            format!("select id, name from {table} where state = 'new' order by created_at limit 10")
        }
        4 => format!("update {table} set name = $name where id = $id"),
        5 => format!("delete from {table} where created_at < $before"),
        6 => format!("select id, name from {table} where tags @> $tags"),
        7 => format!("select id from {table} where details ->> 'kind' = $kind"),
        8 => format!("select id, name from {table} where lower(name) = lower($name)"),
        _ => format!(
            "select id, name from {table} where parent = $parent and created_at > $since order by created_at desc limit 20"
        ),
    };
    format!("{sql}\n")
}

fn thing(number: usize) -> String {
    format!("thing_{number:03}")
}
