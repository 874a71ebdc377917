//! `tests/queries/*.sql`: each query has the signature that its head says, on every major.
//!
//! `PGMI_BLESS=1` writes the answers into files that say nothing yet; `PGMI_TEST_REASONS=1` shows why.

use std::fmt::Write;

use pgmi_engine::describe::{Describer, Description};
use pgmi_engine::diagnostic::{Code, SourceText};
use pgmi_engine::query::Query;
use pgmi_engine::signature::{Field, Nullability, TypeKind, TypeRef, Verdict};
use pgmi_tests::{Case, cases_on, on_every_major, schema};

on_every_major! {
    fn queries_have_the_signatures_that_their_heads_say(db: &Database) {
        db.run(&schema());
        let mut describer = Describer::connect(&db.connection_string().parse().unwrap()).unwrap();
        let mut wrong = String::new();
        for case in &cases_on(db) {
            let answer = answer(&mut describer, case);
            if answer != case.expected {
                bless(case, &answer);
                let (name, expected) = (&case.name, &case.expected);
                write!(wrong, "\n{name}\nexpected\n{expected}answered\n{answer}").unwrap();
            }
        }
        assert!(wrong.is_empty(), "{wrong}");
    }
}

on_every_major! {
    fn the_same_query_is_described_the_same_and_never_run(db: &Database) {
        db.run(&schema());
        db.run("insert into artist (id, name) values (1, 'a')");
        let connect = || Describer::connect(&db.connection_string().parse().unwrap()).unwrap();
        let (mut one, mut other) = (connect(), connect());
        for case in &cases_on(db) {
            let query = query(case);
            match (one.describe(&query), other.describe(&query)) {
                (Ok(one), Ok(other)) => {
                    assert_eq!(one.signature, other.signature, "{}", case.name);
                    assert_eq!(one.types, other.types, "{}", case.name);
                }
                (one, other) => assert!(one.is_err() && other.is_err(), "{}", case.name),
            }
        }
        let untouched = "select count(*) = 1 and min(name) = 'a' from artist";
        assert!(db.client().query_one(untouched, &[]).unwrap().get::<_, bool>(0));
    }

    fn types_that_are_not_built_in_come_with_what_they_are_made_of(db: &Database) {
        db.run(
            "create type mood as enum ('ok', 'not ok');
             create domain moods as mood[] not null;
             create type inner_type as (a int4[][], mood moods);
             create type outer_type as (inside inner_type, gone int4, span int4range);
             alter type outer_type drop attribute gone;",
        );
        let mut describer = Describer::connect(&db.connection_string().parse().unwrap()).unwrap();
        let source = SourceText::new("inline", "select $value::outer_type[] as value");
        let described = describer.describe(&Query::parse(None, source).unwrap()).unwrap();
        let names: Vec<_> = described.types.iter().map(|it| it.name.name.as_str()).collect();
        assert_eq!(names, ["mood", "moods", "inner_type", "outer_type"]);
        let TypeKind::Composite { fields } = &described.types[3].kind else { panic!() };
        let fields: Vec<_> = fields.iter().map(|it| field(it, false)).collect();
        assert_eq!(fields, ["inside inner_type null", "span int4range null"]);
        let TypeKind::Domain { base, nullability } = &described.types[1].kind else { panic!() };
        assert_eq!((type_name(base).as_str(), *nullability), ("mood[]", Nullability::NotNull));
    }
}

fn query(case: &Case) -> Query {
    let source = SourceText::new(case.name.as_str(), case.text.as_str());
    Query::parse(None, source).unwrap_or_else(|error| panic!("{}: {error}", case.name))
}

fn answer(describer: &mut Describer, case: &Case) -> String {
    match describer.describe(&query(case)) {
        Ok(description) => spelled(&description, case.origins)
            .into_iter()
            .enumerate()
            .map(|(line, answer)| answer.beside(case.expected.lines().nth(line)))
            .collect(),
        Err(error) => {
            let diagnostic = error.primary();
            assert_eq!(diagnostic.code, Code::QueryFailed);
            let place = diagnostic.place().map_or("", |label| &case.text[label.span.clone()]);
            let mut text = format!("error {} at {place}\n", diagnostic.message);
            diagnostic.help.iter().for_each(|help| writeln!(text, "help {help}").unwrap());
            text
        }
    }
}

/// A line of a head, and why.
struct Answer {
    text: String,
    reasons: String,
}

impl Answer {
    fn new<T>(text: String, verdict: &Verdict<T>) -> Self {
        Self { text, reasons: verdict.reasons.join("; ") }
    }

    /// The reasons count where the head says some.
    fn beside(self, expected: Option<&str>) -> String {
        let is_wanted = expected.is_some_and(|line| line.contains(" -- "))
            || std::env::var_os("PGMI_TEST_REASONS").is_some();
        match is_wanted {
            true => format!("{} -- {}\n", self.text, self.reasons),
            false => self.text + "\n",
        }
    }
}

fn spelled(description: &Description, origins: bool) -> Vec<Answer> {
    let signature = &description.signature;
    let parameter = |it: &Field| Answer::new(format!("${}", field(it, false)), &it.nullability);
    let column = |it: &Field| Answer::new(field(it, origins), &it.nullability);
    let certain = if signature.cardinality.certain { "!" } else { "" };
    let rows = format!("{}{certain}", signature.cardinality.value.name());
    let parameters = signature.parameters.iter().map(parameter);
    let columns = signature.columns.iter().map(column);
    parameters.chain(columns).chain([Answer::new(rows, &signature.cardinality)]).collect()
}

fn field(field: &Field, origins: bool) -> String {
    let null = |value| match value {
        Nullability::NotNull => "not null",
        Nullability::Nullable => "null",
    };
    let mut text =
        format!("{} {} {}", field.name, type_name(&field.type_ref), null(field.nullability.value));
    if field.nullability.certain && !field.nullability.value.is_not_null() {
        text.push('!');
    }
    if field.elements.as_ref().is_some_and(|it| it.value == Nullability::NotNull) {
        text.push_str(" elements not null");
    }
    if let (true, Some(origin)) = (origins, &field.origin) {
        write!(text, " <- {}.{}", origin.relation, origin.column).unwrap();
    }
    text
}

fn type_name(type_ref: &TypeRef) -> String {
    let name = &type_ref.name;
    let schema = match name.schema.as_str() {
        "pg_catalog" | "public" => String::new(),
        other => format!("{other}."),
    };
    format!("{schema}{}{}", name.name, "[]".repeat(type_ref.dims.into()))
}

fn bless(case: &Case, answer: &str) {
    if std::env::var_os("PGMI_BLESS").is_some() && case.expected.is_empty() {
        let head: String =
            answer.lines().fold(String::new(), |text, line| text + "--! " + line + "\n");
        std::fs::write(&case.path, format!("{head}{}", case.text)).unwrap();
    }
}
