//! A small project made at random: tables with what applications have, indexes that somebody made, queries of many shapes.

use pgmi_tests::falsifier::Random;

/// What a column holds.
struct Kind {
    sql: &'static str,
    /// Values as literals; `%s` in conditions.
    values: &'static [&'static str],
    /// Conditions over the column `%c`, with values `%s` and parameters `%p`.
    conditions: &'static [&'static str],
    /// Whether it can be sorted and grouped by in a way that anybody wants.
    is_plain: bool,
}

const ORDERED: &[&str] = &[
    "%c = %p",
    "%c = %p",
    "%c = %s",
    "%c > %p",
    "%c between %p and %p",
    "%c in (%s, %s)",
    "%c = any(%p)",
    "%c is null",
    "%c is not null",
    "%c <> %s",
    "%c < %s",
    "%c is not distinct from %p",
    "%c = coalesce(%p, %c)",
    "(%p is null or %c = %p)",
    "%c not in (%s, %s)",
];

const TEXTS: &[&str] = &[
    "%c = %p",
    "%c = %s",
    "%c like %p",
    "%c like 'a%'",
    "lower(%c) = %p",
    "lower(%c) = lower(%p)",
    "lower(%c) like %p",
    "%c ilike %p",
    "%c > %p",
    "%c = any(%p)",
    "%c is null",
    "%c ~ '^ab'",
    "starts_with(%c, %p)",
    "%c || 'x' = %p",
    "upper(%c) = %s",
    "coalesce(%c, '') = %p",
    "%c like '%a%'",
    "%c collate \"C\" > %p",
    "length(%c) > 3",
];

const TIMES: &[&str] = &[
    "%c = %p",
    "%c > %p",
    "%c >= %p and %c < %p",
    "%c < now()",
    "%c is null",
    "date_trunc('day', %c) = %p",
    "%c > now() - interval '1 day'",
    "%c < %s",
    "extract(year from %c) = 2020",
];

const KINDS: &[Kind] = &[
    Kind { sql: "int4", values: &["1", "7", "42"], conditions: ORDERED, is_plain: true },
    Kind { sql: "int8", values: &["1", "99"], conditions: ORDERED, is_plain: true },
    Kind { sql: "numeric(10,2)", values: &["1.5", "100"], conditions: ORDERED, is_plain: true },
    Kind { sql: "text", values: &["'new'", "'it''s'"], conditions: TEXTS, is_plain: true },
    Kind { sql: "text", values: &["'open'", "'done'"], conditions: TEXTS, is_plain: true },
    Kind { sql: "varchar(20)", values: &["'ab'", "'zz'"], conditions: TEXTS, is_plain: true },
    Kind { sql: "timestamptz", values: &["'2020-01-01'"], conditions: TIMES, is_plain: true },
    Kind { sql: "timestamp", values: &["'2020-01-01'"], conditions: TIMES, is_plain: true },
    Kind {
        sql: "date",
        values: &["'2020-01-01'", "'2024-02-29'"],
        conditions: ORDERED,
        is_plain: true,
    },
    Kind {
        sql: "uuid",
        values: &["'00000000-0000-4000-8000-000000000001'"],
        conditions: ORDERED,
        is_plain: true,
    },
    Kind { sql: "mood", values: &["'sad'", "'glad'"], conditions: ORDERED, is_plain: true },
    Kind { sql: "amount", values: &["1", "5"], conditions: ORDERED, is_plain: true },
    Kind {
        sql: "bool",
        values: &["true"],
        conditions: &[
            "%c",
            "not %c",
            "%c = %p",
            "%c is true",
            "%c is not true",
            "%c is null",
            "coalesce(%c, false)",
        ],
        is_plain: false,
    },
    Kind {
        sql: "jsonb",
        values: &["'{\"a\": 1}'"],
        conditions: &[
            "%c @> %p",
            "%c ->> 'kind' = %p",
            "%c ->> 'kind' = 'phone'",
            "%c ? %p",
            "(%c ->> 'n')::int4 > %p",
            "%c #>> '{a,b}' = %p",
            "%c @> %s",
            "%c -> 'tags' ? %p",
        ],
        is_plain: false,
    },
    Kind {
        sql: "text[]",
        values: &["'{a,b}'"],
        conditions: &["%c @> %p", "%c && %p", "%p = any(%c)", "%c = %p", "cardinality(%c) > %p"],
        is_plain: false,
    },
    Kind {
        sql: "int4range",
        values: &["'[1,5)'"],
        conditions: &["%c && %p", "%c @> %p::int4", "%c = %p", "isempty(%c)"],
        is_plain: false,
    },
    Kind {
        sql: "inet",
        values: &["'10.0.0.1'"],
        conditions: &["%c = %p", "%c << %p", "%c > %p"],
        is_plain: false,
    },
    Kind {
        sql: "tsvector",
        values: &["''"],
        conditions: &["%c @@ %p", "%c @@ to_tsquery('simple', %p)"],
        is_plain: false,
    },
];

struct Column {
    name: String,
    kind: &'static Kind,
}

struct Table {
    name: String,
    columns: Vec<Column>,
    /// The number of the table it refers to.
    parent: Option<usize>,
}

/// Migration, and queries by their names.
pub(super) struct Arbitrary {
    pub schema: String,
    pub queries: Vec<(String, String)>,
}

/// The same for the same seed, always.
pub(super) fn project(seed: u64) -> Arbitrary {
    let mut maker = Maker { random: Random::new(seed), tables: Vec::new(), parameters: 0 };
    // The first numbers of a seed are like those of its neighbours.
    for _ in 0..16 {
        maker.random.below(2);
    }
    let mut schema = "create type mood as enum ('sad', 'ok', 'glad'); create domain amount as int4 check (value >= 0);\n".to_owned();
    for _ in 0..1 + maker.random.below(3) {
        let sql = maker.table();
        schema.push_str(&sql);
    }
    let count = 1 + maker.random.below(7);
    let queries = (0..count).map(|number| (format!("q{number}"), maker.query())).collect();
    Arbitrary { schema, queries }
}

struct Maker {
    random: Random,
    tables: Vec<Table>,
    parameters: usize,
}

impl Maker {
    fn chance(&mut self, percent: usize) -> bool {
        self.random.below(100) < percent
    }

    fn table(&mut self) -> String {
        let number = self.tables.len();
        let name =
            if self.chance(10) { format!("\"Order {number}\"") } else { format!("t{number}") };
        let mut columns = Vec::new();
        let mut parts = vec!["id int8 generated always as identity primary key".to_owned()];
        for at in 0..1 + self.random.below(6) {
            let kind = &KINDS[self.random.below(KINDS.len())];
            let name = if self.chance(8) { format!("\"C {at}\"") } else { format!("c{at}") };
            let null = if self.chance(60) { " not null" } else { "" };
            let unique =
                if kind.is_plain && kind.sql != "mood" && self.chance(12) { " unique" } else { "" };
            let check = match kind.sql {
                "int4" | "numeric(10,2)" if self.chance(30) => format!(" check ({name} > 0)"),
                "text" if self.chance(30) => format!(" check ({name} in ('new', 'open', 'done'))"),
                _ => String::new(),
            };
            let unique = if check.contains(" in ") { "" } else { unique };
            parts.push(format!("{name} {}{null}{unique}{check}", kind.sql));
            columns.push(Column { name, kind });
        }
        let parent = (number > 0 && self.chance(70)).then(|| self.random.below(number));
        if let Some(parent) = parent {
            let action = self.random.pick(&["cascade", "set null", "restrict", "no action"]);
            parts.push(format!(
                "parent int8 references {} on delete {action}",
                self.tables[parent].name
            ));
        }
        let table = Table { name, columns, parent };
        let mut sql = format!("create table {} (\n  {}\n);\n", table.name, parts.join(",\n  "));
        for at in 0..self.random.below(3) {
            let keys = self.keys(&table);
            let tail = self.random.pick(&["", "", "", " where id > 100", " include (id)"]);
            let tail = if keys.starts_with("using") { "" } else { tail };
            sql.push_str(&format!(
                "create index old_{number}_{at} on {} {keys}{tail};\n",
                table.name
            ));
        }
        self.tables.push(table);
        sql
    }

    /// Of an index that somebody made.
    fn keys(&mut self, table: &Table) -> String {
        let plain: Vec<&Column> = table.columns.iter().filter(|it| it.kind.is_plain).collect();
        let other =
            table.columns.iter().find(|it| matches!(it.kind.sql, "jsonb" | "text[]" | "tsvector"));
        if let Some(other) = other.filter(|_| self.chance(30)) {
            return format!("using gin ({})", other.name);
        }
        if plain.is_empty() {
            return "(id)".to_owned();
        }
        let first = plain[self.random.below(plain.len())];
        let second = plain[self.random.below(plain.len())];
        let is_text = matches!(first.kind.sql, "text" | "varchar(20)");
        match self.random.below(6) {
            0 if is_text => format!("(lower({}))", first.name),
            1 if is_text => format!("({} text_pattern_ops)", first.name),
            2 => format!("({} desc, id)", first.name),
            3 if first.name != second.name => format!("({}, {})", first.name, second.name),
            _ => format!("({})", first.name),
        }
    }

    fn query(&mut self) -> String {
        self.parameters = 0;
        let at = self.random.below(self.tables.len());
        let table = self.tables[at].name.clone();
        match self.random.below(12) {
            0 => format!("delete from {table} where {}", self.condition(at, "")),
            1 => {
                let column = self.random.below(self.tables[at].columns.len());
                let name = self.tables[at].columns[column].name.clone();
                format!("update {table} set {name} = {name} where {}", self.condition(at, ""))
            }
            2 => format!("delete from {table} where id = $id"),
            3 => format!("select count(*) from {table} where {}", self.conditions(at, "")),
            4 => self.grouped(at),
            5..=7 => self.joined(at),
            _ => self.plain(at),
        }
    }

    fn plain(&mut self, at: usize) -> String {
        let what = self.random.pick(&["*", "id", "id"]);
        let table = self.tables[at].name.clone();
        let mut sql = format!("select {what} from {table} where {}", self.conditions(at, ""));
        let order = self.order(at, "");
        sql.push_str(&order);
        sql
    }

    fn grouped(&mut self, at: usize) -> String {
        let table = self.tables[at].name.clone();
        let Some(column) = self.plain_column(at) else {
            return format!("select count(*) from {table}");
        };
        let what = self.random.pick(&["count(*)", "max(id)", "min(id), count(*)"]);
        let condition = self.conditions(at, "");
        let having = match self.random.below(3) {
            0 => format!(" having {column} = {}", self.parameter()),
            _ => String::new(),
        };
        match self.chance(30) {
            true => format!("select max({column}) from {table} where {condition}")
                .replace("max", if column.contains("\"") { "count" } else { "min" }),
            false => format!(
                "select {column}, {what} from {table} where {condition} group by {column}{having}"
            ),
        }
    }

    fn joined(&mut self, at: usize) -> String {
        let Some(parent) = self.tables[at].parent else { return self.plain(at) };
        let (child, parent_name) = (self.tables[at].name.clone(), self.tables[parent].name.clone());
        match self.random.below(4) {
            0 => {
                let (outer, inner) = (self.conditions(parent, "p."), self.conditions(at, "c."));
                let not = self.random.pick(&["", "", "not "]);
                format!(
                    "select p.id from {parent_name} as p where {outer} and {not}exists (select from {child} as c where c.parent = p.id and {inner})"
                )
            }
            1 => {
                let (on, condition) = (self.conditions(at, "c."), self.conditions(parent, "p."));
                format!(
                    "select p.id, c.id as child from {parent_name} as p left join {child} as c on c.parent = p.id and {on} where {condition}"
                )
            }
            _ => {
                let condition = match self.random.below(3) {
                    0 => format!("p.id = {}", self.parameter()),
                    1 => self.conditions(parent, "p."),
                    _ => format!(
                        "{} and {}",
                        self.conditions(parent, "p."),
                        self.conditions(at, "c.")
                    ),
                };
                let order = self.order(at, "c.");
                format!(
                    "select c.id from {child} as c join {parent_name} as p on p.id = c.parent where {condition}{order}"
                )
            }
        }
    }

    fn order(&mut self, at: usize, of: &str) -> String {
        if !self.chance(50) {
            return String::new();
        }
        let first = self.plain_column(at).unwrap_or_else(|| "id".to_owned());
        let direction = self.random.pick(&["", "", " desc", " desc nulls last", " nulls first"]);
        let second = match self.random.below(3) {
            0 => format!(", {of}id"),
            1 => format!(", {of}id desc"),
            _ => String::new(),
        };
        let limit = self.random.pick(&[" limit 5", " limit 20", " limit $most", ""]);
        format!(" order by {of}{first}{direction}{second}{limit}")
    }

    fn plain_column(&mut self, at: usize) -> Option<String> {
        let plain = self.tables[at].columns.iter().filter(|it| it.kind.is_plain);
        let plain: Vec<String> = plain.map(|it| it.name.clone()).collect();
        (!plain.is_empty()).then(|| plain[self.random.below(plain.len())].clone())
    }

    fn conditions(&mut self, at: usize, of: &str) -> String {
        match self.random.below(8) {
            0 => "true".to_owned(),
            1..=3 => self.condition(at, of),
            4 | 5 => format!("{} and {}", self.condition(at, of), self.condition(at, of)),
            6 => format!("({} or {})", self.condition(at, of), self.condition(at, of)),
            _ => {
                format!(
                    "{} and {} and {}",
                    self.condition(at, of),
                    self.condition(at, of),
                    self.condition(at, of)
                )
            }
        }
    }

    fn condition(&mut self, at: usize, of: &str) -> String {
        let columns = self.tables[at].columns.len();
        let column = &self.tables[at].columns[self.random.below(columns)];
        let (name, kind) = (column.name.clone(), column.kind);
        let template = self.random.pick(kind.conditions);
        let mut sql = template.replace("%c", &format!("{of}{name}"));
        while sql.contains("%s") {
            let value = self.random.pick(kind.values);
            sql = sql.replacen("%s", &format!("{value}::{}", kind.sql), 1);
        }
        // The two of an optional filter are one.
        let is_one = template.contains("null or");
        let cast = kind.sql.split('(').next().unwrap_or_default();
        while sql.contains("%p") {
            let parameter = self.parameter();
            let typed = match is_one {
                true => format!("{parameter}::{cast}"),
                false => parameter,
            };
            sql = match is_one {
                true => sql.replace("%p", &typed),
                false => sql.replacen("%p", &typed, 1),
            };
        }
        sql
    }

    fn parameter(&mut self) -> String {
        self.parameters += 1;
        format!("$p{}", self.parameters)
    }
}
