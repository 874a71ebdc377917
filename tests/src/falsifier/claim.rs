//! What a signature says of one query, and what was seen against it.

use std::collections::HashMap;

use pgmi_engine::query::Query;
use pgmi_engine::signature::{Cardinality, Field, Nullability, Signature, Verdict};
use postgres::Client;

use super::literal::{ends_with_null, literal, only_null};
use super::outcome::{Cell, Outcome};
use super::random::Random;
use crate::Case;

/// Something that one run can refute. Columns and parameters are counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assertion {
    NotNull(usize),
    ElementsNotNull(usize),
    /// A row that comes has NULL, or another beside it has.
    SomeNull(usize),
    AtMostOneRow,
    AtLeastOneRow,
    AtLeastTwoRows,
    /// With NULL for the parameter nothing happens: no row, or an error.
    Refuses(usize),
    /// Neither with an array of nothing but NULL.
    RefusesAllNull(usize),
    /// Neither with an array that holds NULL among others.
    RefusesSomeNull(usize),
}

/// An assertion, and what became of it.
pub struct Held {
    pub assertion: Assertion,
    /// Whether the signature makes it. Others are tighter than the signature.
    pub claimed: bool,
    pub reason: String,
    /// How often it was refuted, and the first time.
    pub refuted: usize,
    pub example: String,
}

/// A query with all that is asserted of it.
pub struct Claim {
    pub name: String,
    pub sql: String,
    pub imprecise: Option<String>,
    pub held: Vec<Held>,
    /// Databases in which it ran without an error at least once, and what it did there.
    pub databases: u64,
    pub runs: u64,
    pub rows: u64,
    pub nulls: u64,
    ran: bool,
    one: bool,
    parameters: Vec<Field>,
    /// The types of the parameters as SQL spells them.
    types: Vec<String>,
    tries: HashMap<String, Vec<String>>,
}

impl Claim {
    /// Nothing for what PREPARE does not take.
    pub(super) fn prepare(
        case: &Case,
        query: &Query,
        signature: Signature,
        client: &mut Client,
    ) -> Option<Self> {
        let name = case.name.clone();
        client.batch_execute(&format!("prepare \"{name}\" as {}", query.sql)).ok()?;
        let sql = "select coalesce(array_agg(t::text), '{}')
                   from pg_prepared_statements, unnest(parameter_types) t where name = $1";
        let types = client.query_one(sql, &[&name]).expect("it is prepared").get(0);
        Some(Self {
            name,
            sql: query.sql.clone(),
            imprecise: case.imprecise.clone(),
            held: assertions(&signature),
            databases: 0,
            runs: 0,
            rows: 0,
            nulls: 0,
            ran: false,
            one: signature.cardinality.value == Cardinality::One,
            parameters: signature.parameters,
            types,
            tries: case.tries.clone(),
        })
    }

    /// Arguments as bindings can send them.
    pub(super) fn arguments(&self, random: &mut Random) -> Vec<String> {
        let parameters = self.parameters.iter().zip(&self.types);
        let argument = |(field, type_name): (&Field, &String)| {
            let tries = self.tries.get(&field.name).map(Vec::as_slice);
            argument(field, type_name, tries, random)
        };
        parameters.map(argument).collect()
    }

    /// Arguments that are said to be refused, each once.
    pub(super) fn refused(&self, random: &mut Random) -> Vec<Vec<String>> {
        let refused = |held: &Held| {
            let (at, refused) = match held.assertion {
                _ if !held.claimed => return None,
                Assertion::Refuses(at) => (at, "null".to_owned()),
                Assertion::RefusesAllNull(at) => (at, only_null(&self.types[at])),
                Assertion::RefusesSomeNull(at) => (at, ends_with_null(&self.types[at], random)),
                _ => return None,
            };
            let mut arguments = self.arguments(random);
            arguments[at] = refused;
            Some(arguments)
        };
        self.held.iter().filter_map(refused).collect()
    }

    pub(super) fn compare(&mut self, outcome: &Outcome, arguments: &[String]) {
        self.ran = true;
        self.runs += 1;
        self.rows += outcome.rows.len() as u64;
        let nulls = outcome.rows.iter().flatten().filter(|it| **it == Cell::Null).count();
        self.nulls += nulls as u64;
        for held in &mut self.held {
            if refutes(outcome, arguments, held, self.one) {
                if held.refuted == 0 {
                    held.example =
                        format!("{} rows for {}", outcome.rows.len(), arguments.join(", "));
                }
                held.refuted += 1;
            }
        }
    }

    /// Whether it ran in this round without an error.
    pub(super) fn ran(&self) -> bool {
        self.ran
    }

    pub(super) fn end_round(&mut self) {
        self.databases += u64::from(std::mem::take(&mut self.ran));
    }
}

fn argument(
    field: &Field,
    type_name: &str,
    tries: Option<&[String]>,
    random: &mut Random,
) -> String {
    let nullable = field.nullability.value == Nullability::Nullable;
    let elements = field.elements.as_ref().is_some_and(|it| it.value == Nullability::Nullable);
    match tries {
        _ if nullable && random.below(3) == 0 => "null".to_owned(),
        Some(tries) => format!("'{}'", tries[random.below(tries.len())]),
        None => literal(type_name, elements, random),
    }
}

fn refutes(outcome: &Outcome, arguments: &[String], held: &Held, one: bool) -> bool {
    let any = |at: usize, wanted| outcome.rows.iter().any(|row| row[at] == wanted);
    // An aggregate has its row even when NULL keeps out every other.
    let touched = outcome.touched > 0 && !(held.claimed && one);
    match held.assertion {
        Assertion::NotNull(at) => any(at, Cell::Null),
        Assertion::ElementsNotNull(at) => any(at, Cell::HoldsNull),
        Assertion::SomeNull(at) => !outcome.rows.is_empty() && !any(at, Cell::Null),
        Assertion::AtLeastTwoRows => outcome.rows.len() < 2,
        Assertion::AtMostOneRow => outcome.rows.len() > 1,
        Assertion::AtLeastOneRow => outcome.rows.is_empty(),
        Assertion::Refuses(at) => arguments[at] == "null" && touched,
        Assertion::RefusesAllNull(at) => arguments[at].starts_with("array[null]::") && touched,
        Assertion::RefusesSomeNull(at) => arguments[at].contains(", null]::") && touched,
    }
}

/// All that can be said about a query, each as it is or is not said.
fn assertions(signature: &Signature) -> Vec<Held> {
    let mut all = Vec::new();
    for (at, parameter) in signature.parameters.iter().enumerate() {
        let claimed = refuses(&parameter.nullability);
        if claimed || parameter.nullability.value == Nullability::Nullable {
            all.push(held(Assertion::Refuses(at), claimed, &parameter.nullability));
        }
        if let Some(elements) = &parameter.elements {
            all.extend(elements_refused(at, elements));
        }
    }
    for (at, column) in signature.columns.iter().enumerate() {
        let claimed = column.nullability.value == Nullability::NotNull;
        all.push(held(Assertion::NotNull(at), claimed, &column.nullability));
        if column.nullability.certain && !claimed {
            all.push(held(Assertion::SomeNull(at), true, &column.nullability));
        }
        if let Some(elements) = &column.elements {
            let claimed = elements.value == Nullability::NotNull;
            all.push(held(Assertion::ElementsNotNull(at), claimed, elements));
        }
    }
    let rows = |assertion, claimed| held(assertion, claimed, &signature.cardinality);
    match signature.cardinality.value {
        Cardinality::None => {}
        Cardinality::One => {
            all.push(rows(Assertion::AtMostOneRow, true));
            all.push(rows(Assertion::AtLeastOneRow, true));
        }
        Cardinality::ZeroOrOne => {
            all.push(rows(Assertion::AtMostOneRow, true));
            all.push(rows(Assertion::AtLeastOneRow, false));
        }
        Cardinality::Many => {
            all.push(rows(Assertion::AtMostOneRow, false));
            if signature.cardinality.certain {
                all.push(rows(Assertion::AtLeastTwoRows, true));
            }
        }
    }
    all
}

/// What is said of NULL in an array. What keeps it out of the rows of `unnest` lets the other elements through; what
/// refuses the array as a whole does not.
fn elements_refused(at: usize, elements: &Verdict<Nullability>) -> Option<Held> {
    let of_whole = |reason: &String| reason.ends_with("refuses NULL in it");
    match elements.value {
        Nullability::Nullable => Some(held(Assertion::RefusesSomeNull(at), false, elements)),
        Nullability::NotNull if !refuses(elements) => None,
        Nullability::NotNull => {
            let assertion = match elements.reasons.first().is_some_and(of_whole) {
                true => Assertion::RefusesSomeNull(at),
                false => Assertion::RefusesAllNull(at),
            };
            Some(held(assertion, true, elements))
        }
    }
}

/// Whether NULL for a parameter is said to raise or to keep out every row; not only to be pointless.
fn refuses(verdict: &Verdict<Nullability>) -> bool {
    const SAID: &[&str] = &["keep out every row", "refuses NULL", "would give no rows"];
    let said = verdict.reasons.first().map_or("", String::as_str);
    verdict.value == Nullability::NotNull && SAID.iter().any(|it| said.contains(it))
}

fn held<T>(assertion: Assertion, claimed: bool, verdict: &Verdict<T>) -> Held {
    let reason = verdict.reasons.join("; ");
    Held { assertion, claimed, reason, refuted: 0, example: String::new() }
}
