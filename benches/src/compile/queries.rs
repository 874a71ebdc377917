//! The same schema and the same queries for every tool: ten kinds of query over tables that grow in number with them.

/// A table, from which every tool can read every column without a word from the user.
pub(crate) fn table(number: usize) -> String {
    let (table, parent) = (thing(number), thing(number.saturating_sub(1)));
    format!(
        "create table {table} (
    id         bigint generated always as identity primary key,
    parent     bigint references {parent} (id),
    code       text not null unique,
    name       text not null,
    note       text,
    amount     integer not null,
    weight     double precision,
    active     boolean not null default true,
    key        uuid not null default pg_catalog.gen_random_uuid(),
    details    jsonb not null,
    created_at timestamptz not null default pg_catalog.now()
);
create view {table}_named as
    select t.id, t.name, p.name as parent_name, t.amount
      from {table} as t left join {parent} as p on p.id = t.parent;
"
    )
}

/// How many tables so many queries are about.
pub(crate) fn tables(queries: usize) -> usize {
    queries.div_ceil(KINDS.len())
}

/// One query, with the variables that its function takes.
pub(crate) struct Query {
    pub number: usize,
    /// Parameters are written `$name`.
    pub sql: String,
    pub parameters: &'static [Parameter],
    pub has_rows: bool,
}

pub(crate) struct Parameter {
    pub name: &'static str,
    pub rust: &'static str,
    /// As a field of pgmi's struct, where that is not the name alone.
    pub field: &'static str,
}

const fn of(name: &'static str, rust: &'static str) -> Parameter {
    Parameter { name, rust, field: name }
}

const fn as_field(name: &'static str, rust: &'static str, field: &'static str) -> Parameter {
    Parameter { name, rust, field }
}

const ID: Parameter = of("id", "i64");
const CODE: Parameter = of("code", "&str");
const NAME: Parameter = of("name", "&str");
const AMOUNT: Parameter = of("amount", "i32");
const DETAILS: Parameter = of("details", "&serde_json::Value");

/// The SQL over `{table}` and `{parent}`, its parameters, and whether it gives rows.
const KINDS: [(&str, &[Parameter], bool); 10] = [
    ("select * from {table} where id = $id", &[ID], true),
    ("select id, amount, weight from {table} where code = $code", &[CODE], true),
    (
        "select t.id, t.name, p.name as parent_name, p.created_at as parent_created_at
           from {table} as t join {parent} as p on p.id = t.parent
          where t.amount > $amount order by t.created_at desc limit $count",
        &[AMOUNT, of("count", "i64")],
        true,
    ),
    (
        "insert into {table} (parent, code, name, amount, details)
         values ($parent, $code, $name, $amount, $details) returning id, created_at",
        &[as_field("parent", "i64", "parent: Some(parent)"), CODE, NAME, AMOUNT, DETAILS],
        true,
    ),
    (
        "update {table} set note = $note, active = $active where id = $id returning note, active",
        &[as_field("note", "&str", "note: Some(note)"), of("active", "bool"), ID],
        true,
    ),
    ("delete from {table} where key = $key", &[of("key", "uuid::Uuid")], false),
    (
        "select count(*) as things, sum(amount) as total, max(created_at) as latest from {table}",
        &[],
        true,
    ),
    (
        "with recent as (select * from {table} where created_at > $since)
         select r.active, count(*) as things, min(r.name) as first from recent as r group by r.active",
        &[of("since", "chrono::DateTime<chrono::Utc>")],
        true,
    ),
    (
        "select v.name, v.parent_name, row_number() over (order by v.amount) as place
           from {table}_named as v where lower(v.name) like lower($pattern)",
        &[of("pattern", "&str")],
        true,
    ),
    (
        "insert into {table} (code, name, amount, details) values ($code, $name, $amount, $details)
         on conflict (code) do update set amount = excluded.amount",
        &[CODE, NAME, AMOUNT, DETAILS],
        false,
    ),
];

/// So many queries, no two alike.
pub(crate) fn queries(count: usize) -> Vec<Query> {
    (0..count).map(query).collect()
}

fn query(number: usize) -> Query {
    let at = number / KINDS.len();
    let (sql, parameters, has_rows) = KINDS[number % KINDS.len()];
    let sql = sql.replace("{table}", &thing(at)).replace("{parent}", &thing(at.saturating_sub(1)));
    Query { number, sql, parameters, has_rows }
}

/// The first query, made another one that takes and gives the same; it has a line more, or less, than before.
pub(crate) fn edited(edit: usize) -> Query {
    let first = query(0);
    let lines = "\n".repeat(edit % 2 + 1);
    Query { sql: format!("{}{lines}and id <> {edit}", first.sql), ..first }
}

impl Query {
    /// The module in which its function stands: one for each table.
    pub fn module(&self) -> usize {
        self.number / KINDS.len()
    }

    pub fn name(&self) -> String {
        format!("query_{:04}", self.number)
    }

    /// With `mark` in front of each parameter, or with their numbers.
    pub fn written(&self, mark: Mark) -> String {
        let mut sql = self.sql.clone();
        for (at, parameter) in self.parameters.iter().enumerate() {
            let written = match mark {
                Mark::Dollar => continue,
                Mark::Colon => format!(":{}", parameter.name),
                Mark::Number => format!("${}", at + 1),
                Mark::Typed => format!("${}: {}", parameter.name, parameter.rust),
            };
            sql = sql.replace(&format!("${}", parameter.name), &written);
        }
        sql
    }

    /// `name: type, …`, of the function.
    pub fn arguments(&self) -> String {
        self.parameters.iter().map(|it| format!(", {}: {}", it.name, it.rust)).collect()
    }

    /// The values, each behind a comma.
    pub fn values(&self, before: &str) -> String {
        self.parameters.iter().map(|it| format!(", {before}{}", it.name)).collect()
    }
}

/// How a parameter is written.
#[derive(Clone, Copy)]
pub(crate) enum Mark {
    Dollar,
    Colon,
    Number,
    /// Its Rust type behind it.
    Typed,
}

fn thing(number: usize) -> String {
    format!("thing_{number:03}")
}
