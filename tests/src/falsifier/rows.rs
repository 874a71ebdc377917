//! Random rows. What the constraints refuse is left out.

use std::collections::BTreeMap;

use postgres::Client;

use super::literal::literal;
use super::random::Random;

pub(super) struct Table {
    name: String,
    columns: Vec<Column>,
}

struct Column {
    name: String,
    type_name: String,
    not_null: bool,
    has_default: bool,
}

impl Table {
    /// The tables in the order of their creation, so that what is referred to comes first.
    pub fn all(client: &mut Client) -> Vec<Self> {
        let sql = "
            select c.oid, c.oid::regclass::text, quote_ident(a.attname), format_type(a.atttypid, null),
                   a.attnotnull, a.atthasdef or a.attidentity <> ''
            from pg_class c join pg_attribute a on a.attrelid = c.oid
            where c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace = 'public'::regnamespace
              and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
            order by c.oid, a.attnum";
        let mut tables: BTreeMap<u32, Self> = BTreeMap::new();
        for row in client.query(sql, &[]).expect("the catalog can be read") {
            let column = Column {
                name: row.get(2),
                type_name: row.get(3),
                not_null: row.get(4),
                has_default: row.get(5),
            };
            let table = Self { name: row.get(1), columns: Vec::new() };
            tables.entry(row.get(0)).or_insert(table).columns.push(column);
        }
        tables.into_values().collect()
    }

    fn insert(&self, random: &mut Random) -> String {
        let (mut names, mut values) = (Vec::new(), Vec::new());
        for column in &self.columns {
            if column.has_default && random.below(4) == 0 {
                continue;
            }
            names.push(column.name.as_str());
            // Sometimes also where it is refused: perhaps it is not.
            let null = random.below(4) == 0 && !(column.not_null && random.below(8) > 0);
            values.push(match null {
                true => "null".to_owned(),
                false => literal(&column.type_name, true, random),
            });
        }
        let (names, values) = (names.join(", "), values.join(", "));
        format!("insert into {} ({names}) overriding system value values ({values})", self.name)
    }
}

/// Fills all tables in one round trip; each has none to many rows.
pub(super) fn fill(client: &mut Client, tables: &[Table], random: &mut Random) {
    let mut statements = Vec::new();
    for table in tables {
        let rows = if random.below(8) == 0 { 0 } else { random.below(12) };
        statements.extend((0..rows).map(|_| table.insert(random)));
    }
    // Not always: no table has rows in every database.
    if random.below(8) > 0 {
        statements.extend(ODD_ROWS.iter().map(|it| (*it).to_owned()));
    }
    client
        .execute("select falsifier.attempt(s) from unnest($1::text[]) s", &[&statements])
        .expect("rows that are refused are left out");
}

/// Rows that the plain way does not bring in, or too seldom.
const ODD_ROWS: &[&str] = &[
    // Without what domains refuse.
    "insert into customer (email, required_note) values ('a@b', 'a'), ('b@c', 'a')",
    "insert into sale (customer, album, amount, sold_at, during, periods)
     select c.id, a.id, 1, 'infinity', '(,)', '[1,3)' from customer c, album a limit 3",
    "insert into artist (name) values ('1')",
    "insert into task (id, owner, title) values (11, 1, 'É'), (12, 1, 'é'), (13, 2, null)",
    // What a domain refuses, a subquery without rows brings in.
    "update customer set required_note = (select required_note from customer where false) where id < 3",
    "update odds set needs[3] = 'x' where id = 1",
    // Around triggers.
    "set local session_replication_role = replica",
    "insert into guarded values (1, 'a', null), (2, 'b', 'x')",
    "insert into stock values ('a', 1, 1, 'x'), ('b', 1, 2, 'y'), ('x', 2, null, 'x')",
    "insert into named values (3, 'a')",
    "set local session_replication_role = origin",
];
