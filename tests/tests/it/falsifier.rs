//! Tries to prove signatures wrong: fills the tables of `tests/queries/schema.sql` with random rows that
//! the constraints allow, runs every query with random arguments, and looks for NULL where none can be, for
//! rows that are too many or missing, and for arguments that were said to match nothing and did.
//!
//! `PGMI_FALSIFY_ROUNDS` says how many databases to try; `PGMI_FALSIFY_LOOSE=1` lists the verdicts that
//! nothing was found against although they are wider than what was seen.

use std::collections::BTreeMap;
use std::fmt::Write;

use pgmi_engine::describe::{Describer, Description};
use pgmi_engine::diagnostic::SourceText;
use pgmi_engine::query::Query;
use pgmi_engine::signature::{Cardinality, Field, Nullability, Signature};
use pgmi_tests::{cases, on_every_major, schema};
use postgres::{Client, SimpleQueryMessage};

on_every_major! {
    fn no_signature_is_proven_wrong(db: &Database) {
        db.run(&schema());
        db.run(ATTEMPT);
        let mut client = db.client();
        client.batch_execute("set statement_timeout = 500").unwrap();
        let mut describer = Describer::connect(&db.connection_string().parse().unwrap()).unwrap();
        let mut claims = claims(&mut describer, &mut client, db.major());
        let tables = tables(&mut client);
        for round in 0..rounds() {
            let mut random = Random(0x9E37_79B9_7F4A_7C15 ^ (round + 1_u64).wrapping_mul(0xD129));
            client.batch_execute("begin").unwrap();
            fill(&mut client, &tables, &mut random);
            claims.iter_mut().for_each(|claim| challenge(&mut client, claim, &mut random));
            client.batch_execute("rollback").unwrap();
        }
        let mut wrong = String::new();
        claims.iter().for_each(|claim| claim.report(db.major(), &mut wrong));
        assert!(wrong.is_empty(), "{wrong}");
    }
}

fn rounds() -> u64 {
    let wanted = std::env::var("PGMI_FALSIFY_ROUNDS").ok();
    wanted.and_then(|it| it.parse().ok()).unwrap_or(15)
}

/// Runs a statement in a subtransaction, and forgets it when it fails.
const ATTEMPT: &str = "
    create schema falsifier;
    create function falsifier.attempt(statement text) returns void language plpgsql as $$
    begin
      execute statement;
    exception when others then null;
    end $$;";

/// xorshift64*, so that every run tries the same.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let mixed = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D);
        usize::try_from(mixed >> 33).unwrap() % bound
    }

    fn pick<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len())]
    }
}

struct Column {
    name: String,
    type_name: String,
    not_null: bool,
    has_default: bool,
}

/// The tables in the order of their creation, so that what is referred to comes first.
fn tables(client: &mut Client) -> BTreeMap<u32, (String, Vec<Column>)> {
    let sql = "
        select c.oid, quote_ident(c.relname), quote_ident(a.attname), format_type(a.atttypid, null),
               a.attnotnull, a.atthasdef or a.attidentity <> ''
        from pg_class c join pg_attribute a on a.attrelid = c.oid
        where c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace = 'public'::regnamespace
          and a.attnum > 0 and not a.attisdropped
        order by c.oid, a.attnum";
    let mut tables: BTreeMap<u32, (String, Vec<Column>)> = BTreeMap::new();
    for row in client.query(sql, &[]).unwrap() {
        let column = Column {
            name: row.get(2),
            type_name: row.get(3),
            not_null: row.get(4),
            has_default: row.get(5),
        };
        tables.entry(row.get(0)).or_insert((row.get(1), Vec::new())).1.push(column);
    }
    tables
}

fn fill(client: &mut Client, tables: &BTreeMap<u32, (String, Vec<Column>)>, random: &mut Random) {
    let mut statements = Vec::new();
    for (table, columns) in tables.values() {
        for _ in 0..random.below(12) {
            statements.push(insert(table, columns, random));
        }
    }
    // What a domain refuses, a subquery without rows brings in.
    statements.push(
        "update customer set required_note = (select required_note from customer where false)"
            .to_owned(),
    );
    let triggers = "set local session_replication_role = replica";
    statements.push(triggers.to_owned());
    statements.push("insert into guarded values (1, 'a', null), (2, 'b', 'x')".to_owned());
    statements.push("set local session_replication_role = origin".to_owned());
    client
        .execute("select falsifier.attempt(s) from unnest($1::text[]) s", &[&statements])
        .unwrap();
}

fn insert(table: &str, columns: &[Column], random: &mut Random) -> String {
    let (mut names, mut values) = (Vec::new(), Vec::new());
    for column in columns {
        if column.has_default && random.below(4) == 0 {
            continue;
        }
        names.push(column.name.as_str());
        let null = random.below(4) == 0 && !(column.not_null && random.below(8) > 0);
        values.push(if null {
            "null".to_owned()
        } else {
            literal(&column.type_name, true, random)
        });
    }
    let (names, values) = (names.join(", "), values.join(", "));
    format!("insert into {table} ({names}) overriding system value values ({values})")
}

/// A value of a type, from few, so that they meet; extremes among them.
fn literal(type_name: &str, null_elements: bool, random: &mut Random) -> String {
    if let Some(element) = type_name.strip_suffix("[]") {
        let elements: Vec<_> = (0..random.below(4))
            .map(|_| match null_elements && random.below(4) == 0 {
                true => "null".to_owned(),
                false => literal(element, true, random),
            })
            .collect();
        return format!("array[{}]::{type_name}", elements.join(", "));
    }
    let text = match type_name {
        "integer" | "bigint" | "smallint" => random.pick(&["0", "1", "2", "3", "4", "1", "2"]),
        "numeric" => random.pick(&["0", "1", "2.50", "11", "NaN"]),
        "double precision" => random.pick(&["0", "1", "2", "-0", "NaN", "Infinity"]),
        "boolean" => random.pick(&["true", "false"]),
        "text" | "character varying" => random.pick(&["", "a", "A x", "label", "x", "a@b"]),
        "email" => random.pick(&["a@b", "b@c"]),
        "required" => random.pick(&["a", ""]),
        "date" => random.pick(&["2000-01-01", "2024-02-29", "infinity", "-infinity"]),
        "timestamp with time zone" => {
            random.pick(&["2000-01-01", "2024-05-06", "infinity", "-infinity"])
        }
        "uuid" => random.pick(&[
            "00000000-0000-0000-0000-000000000001",
            "00000000-0000-0000-0000-000000000002",
        ]),
        "jsonb" | "json" => random.pick(&[
            "null",
            "{}",
            r#"{"a": null, "label": "x", "b": 1}"#,
            r#"{"a": 1, "label": null}"#,
            r#"[{"a": 1, "b": "x"}, {"b": null}]"#,
            "[]",
        ]),
        "format" => random.pick(&["cd", "vinyl", "tape"]),
        "place" => random.pick(&["(a,1)", "(,)"]),
        "tstzrange" => random.pick(&["empty", "(,)", "[2000-01-01,2001-01-01)", "[2000-01-01,)"]),
        "span" => random.pick(&["empty", "(,)", "[1,3)"]),
        other => panic!("no values of type {other}"),
    };
    format!("'{text}'::{type_name}")
}

/// What a signature says of one query, and what was seen against it and for it.
struct Claim {
    name: String,
    sql: String,
    signature: Signature,
    /// The types of the parameters as SQL spells them.
    types: Vec<String>,
    broken: Vec<String>,
    runs: usize,
    nulls: Vec<bool>,
    fewest: usize,
    most: usize,
}

fn claims(describer: &mut Describer, client: &mut Client, major: u16) -> Vec<Claim> {
    let mut claims = Vec::new();
    for case in cases().iter().filter(|it| (it.since..=it.until).contains(&major)) {
        let source = SourceText::new(case.name.as_str(), case.text.as_str());
        let query = Query::parse(None, source).unwrap();
        let Ok(description) = describer.describe(&query) else { continue };
        if let Some(claim) = claim(&case.name, &query, description, client) {
            claims.push(claim);
        }
    }
    claims
}

/// Nothing for what PREPARE does not take.
fn claim(
    name: &str,
    query: &Query,
    description: Description,
    client: &mut Client,
) -> Option<Claim> {
    let prepared = format!("prepare \"{name}\" as {}", query.sql);
    client.batch_execute(&prepared).ok()?;
    let sql = "select coalesce(array_agg(t::text), '{}') from pg_prepared_statements, unnest(parameter_types) t
               where name = $1";
    let types = client.query_one(sql, &[&name]).unwrap().get(0);
    let columns = description.signature.columns.len();
    Some(Claim {
        name: name.to_owned(),
        sql: query.sql.clone(),
        signature: description.signature,
        types,
        broken: Vec::new(),
        runs: 0,
        nulls: vec![false; columns],
        fewest: usize::MAX,
        most: 0,
    })
}

/// What came back: the rows with which values are NULL, and how many rows were touched.
struct Outcome {
    rows: Vec<Vec<bool>>,
    touched: u64,
}

fn challenge(client: &mut Client, claim: &mut Claim, random: &mut Random) {
    for _ in 0..3 {
        let parameters = claim.signature.parameters.iter().zip(&claim.types);
        let arguments: Vec<_> = parameters.map(|it| argument(it, random)).collect();
        if let Some(outcome) = run(client, claim, &arguments) {
            claim.compare(&outcome, &arguments);
        }
    }
    for at in 0..claim.types.len() {
        if claim.refuses(at) {
            let parameters = claim.signature.parameters.iter().zip(&claim.types);
            let mut arguments: Vec<_> = parameters.map(|it| argument(it, random)).collect();
            arguments[at] = "null".to_owned();
            if let Some(outcome) = run(client, claim, &arguments)
                && outcome.touched > 0
                && claim.signature.cardinality.value != Cardinality::One
            {
                let said = format!("${} accepts NULL: {}", at + 1, arguments.join(", "));
                claim.broken.push(said);
            }
        }
    }
}

fn argument((field, type_name): (&Field, &String), random: &mut Random) -> String {
    let nullable = field.nullability.value == Nullability::Nullable;
    let elements = field.elements.as_ref().is_some_and(|it| it.value == Nullability::Nullable);
    match nullable && random.below(3) == 0 {
        true => "null".to_owned(),
        false => literal(type_name, elements, random),
    }
}

/// Nothing when it raises.
fn run(client: &mut Client, claim: &Claim, arguments: &[String]) -> Option<Outcome> {
    let name = &claim.name;
    let arguments = match arguments {
        [] => String::new(),
        some => format!("({})", some.join(", ")),
    };
    client.batch_execute("savepoint query").unwrap();
    let answer = client.simple_query(&format!("execute \"{name}\"{arguments}"));
    client.batch_execute("rollback to query").unwrap();
    let mut outcome = Outcome { rows: Vec::new(), touched: 0 };
    for message in answer.ok()? {
        match message {
            SimpleQueryMessage::Row(row) => {
                outcome.rows.push((0..row.len()).map(|at| row.get(at).is_none()).collect());
            }
            SimpleQueryMessage::CommandComplete(count) => outcome.touched = count,
            _ => {}
        }
    }
    Some(outcome)
}

impl Claim {
    /// Whether NULL for a parameter is said to raise or to keep out every row.
    fn refuses(&self, at: usize) -> bool {
        let verdict = &self.signature.parameters[at].nullability;
        let said = verdict.reasons.first().map_or("", String::as_str);
        let refused = ["keep out every row", "refuses NULL", "would give no rows"];
        verdict.value == Nullability::NotNull && refused.iter().any(|it| said.contains(it))
    }

    fn compare(&mut self, outcome: &Outcome, arguments: &[String]) {
        self.runs += 1;
        let count = outcome.rows.len();
        let fits = match self.signature.cardinality.value {
            Cardinality::ZeroOrOne => count <= 1,
            Cardinality::One => count == 1,
            // `SELECT FROM t` has rows without columns.
            Cardinality::None | Cardinality::Many => true,
        };
        if !fits {
            self.broken.push(format!("{count} rows for {}", arguments.join(", ")));
        }
        self.fewest = self.fewest.min(count);
        self.most = self.most.max(count);
        for (at, column) in self.signature.columns.iter().enumerate() {
            let null = outcome.rows.iter().any(|row| row[at]);
            self.nulls[at] |= null;
            if null && column.nullability.value == Nullability::NotNull {
                let why = column.nullability.reasons.join("; ");
                let arguments = arguments.join(", ");
                self.broken.push(format!("{} is NULL for {arguments} ({why})", column.name));
            }
        }
    }

    fn report(&self, major: u16, wrong: &mut String) {
        if let Some(first) = self.broken.first() {
            let (name, times) = (&self.name, self.broken.len());
            writeln!(wrong, "{name} on {major}, {times} times: {first}\n  {}", self.sql).unwrap();
        }
        if std::env::var_os("PGMI_FALSIFY_LOOSE").is_some() && major == 18 {
            self.report_loose();
        }
    }

    fn report_loose(&self) {
        let signature = &self.signature;
        let name = &self.name;
        if self.runs == 0 {
            println!("{name}: never ran");
        }
        for (column, seen) in signature.columns.iter().zip(&self.nulls) {
            if !seen && column.nullability.value == Nullability::Nullable && self.most > 0 {
                println!(
                    "{name}: {} was never NULL ({:?})",
                    column.name, column.nullability.reasons
                );
            }
        }
        let loose = match signature.cardinality.value {
            Cardinality::Many => self.most <= 1,
            Cardinality::ZeroOrOne => self.fewest == 1,
            _ => false,
        };
        if loose && self.runs > 0 {
            let reasons = &signature.cardinality.reasons;
            println!("{name}: {} to {} rows seen ({reasons:?})", self.fewest, self.most);
        }
    }
}
