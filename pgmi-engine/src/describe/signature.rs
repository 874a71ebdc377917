//! From trees and proofs to a signature.

use super::cardinality::{changed_in_with, rows};
use super::nullability::{padded, result, result_elements, settled};
use super::origin::of_expr;
use super::parameters::{Parameter, judge};
use super::prepare::Prepared;
use super::scope::{Context, Scope, nullable};
use super::tree::{self, Command, SetOperation};
use crate::catalog::{Catalog, Oid};
use crate::query::Query;
use crate::signature::{
    Batch, Cardinality, Field, Nullability, Origin, Signature, TypeDefinition, Verdict, grouped,
};

/// The signature, and the types that it mentions and that are not built in.
pub(super) fn of(
    catalog: &Catalog,
    query: &Query,
    prepared: &Prepared,
) -> (Signature, Vec<TypeDefinition>) {
    let context = Context::new(catalog);
    let judged = judge(&context, &prepared.queries, &prepared.parameters);
    let given = judged.iter().enumerate().filter(|(_, it)| it.nullability.value.is_not_null());
    context.given.borrow_mut().extend(given.map(|(at, _)| at + 1));
    let given = judged.iter().enumerate().filter(|(_, it)| it.elements.value.is_not_null());
    context.given_elements.borrow_mut().extend(given.map(|(at, _)| at + 1));

    let parameters = parameters(catalog, query, prepared, judged);
    let (columns, types, cardinality) = match answering(&prepared.queries) {
        Some(answering) => of_tree(&context, answering, prepared),
        None => of_words(catalog, query, prepared),
    };
    let roots = prepared.parameters.iter().copied().chain(types);
    let types = catalog.definitions(roots);
    let batch = Batch::default();
    let signature = Signature { parameters, columns, cardinality, idempotent: false, batch };
    (signature, types)
}

/// The query whose rows the statement returns.
fn answering(queries: &[tree::Query]) -> Option<&tree::Query> {
    let has_tree =
        |query: &&tree::Query| !matches!(query.command, Command::Utility | Command::Nothing);
    let original = queries.iter().filter(has_tree).find(|query| query.is_original);
    let returning = || queries.iter().filter(has_tree).find(|query| !query.returning.is_empty());
    original.or_else(returning).or_else(|| queries.iter().find(has_tree))
}

fn parameters(
    catalog: &Catalog,
    query: &Query,
    prepared: &Prepared,
    judged: Vec<Parameter>,
) -> Vec<Field> {
    let field = |(at, (type_oid, parameter)): (usize, (&Oid, Parameter))| {
        let name = query.placeholders.get(at).map(|it| it.name.clone());
        let name = name.unwrap_or_else(|| format!("p{}", at + 1));
        let dims = dims(catalog, parameter.origin, *type_oid);
        let mut field =
            Field::new(name, catalog.type_ref_of(*type_oid, dims), parameter.nullability);
        if field.elements.is_some() {
            field.elements = Some(parameter.elements);
        }
        field.origin = parameter.origin.and_then(|it| origin(catalog, it));
        field
    };
    prepared.parameters.iter().zip(judged).enumerate().map(field).collect()
}

type Answer = (Vec<Field>, Vec<Oid>, Verdict<Cardinality>);

fn of_tree(context: &Context<'_>, query: &tree::Query, prepared: &Prepared) -> Answer {
    let scope = Scope::new(context, query, None);
    let (mut fields, mut types) = (Vec::new(), Vec::new());
    for (at, (name, described)) in prepared.columns.iter().enumerate() {
        let (field, type_oid) = column(&scope, at, name, *described);
        fields.push(field);
        types.push(type_oid);
    }
    let cardinality = match prepared.columns.is_empty() {
        true => Verdict::of(Cardinality::None).because("the statement returns no columns"),
        false => bounded(&scope, prepared),
    };
    let cardinality = match changed_in_with(context.catalog, query) {
        Some(changes) => cardinality.because(changes),
        None => cardinality,
    };
    (fields, types, cardinality)
}

fn bounded(scope: &Scope<'_, '_>, prepared: &Prepared) -> Verdict<Cardinality> {
    let rows = rows(scope);
    match prepared.queries.len() {
        0 | 1 => rows.verdict(),
        _ => rows.or_none().verdict().because("rules rewrote the statement"),
    }
}

fn column(scope: &Scope<'_, '_>, at: usize, name: &str, described: Oid) -> (Field, Oid) {
    let catalog = scope.catalog();
    let type_oid = exact_type(catalog, scope.query, at, described);
    let target = scope.query.visible().nth(at);
    let plain = target.filter(|_| scope.query.set_operation.is_none());
    let origin_of = plain.and_then(|target| of_expr(&[scope.query], &target.expr));
    let dims = dims(catalog, origin_of, type_oid);
    let nullability = match target {
        Some(_) => settled(scope, at, result(scope, at)),
        None => nullable("the tree does not have the column"),
    };
    let mut field = Field::new(name, catalog.type_ref_of(type_oid, dims), nullability);
    if field.elements.is_some() && target.is_some() {
        field.elements = Some(result_elements(scope, at));
    }
    field.origin = origin_of.and_then(|it| origin(catalog, it));
    field.padded = grouped(name).and(plain).and_then(|target| padded(scope, &target.expr));
    (field, type_oid)
}

/// How many dimensions an array has, as the column that it comes from or goes to was declared.
fn dims(catalog: &Catalog, origin: Option<(Oid, i32)>, type_oid: Oid) -> u8 {
    let column = origin.and_then(|(relation, column)| catalog.relation(relation)?.column(column));
    column.filter(|column| column.type_oid == type_oid).map_or(1, |column| column.dims)
}

/// Describe names the base type of a domain; the tree knows the domain.
fn exact_type(catalog: &Catalog, query: &tree::Query, at: usize, described: Oid) -> Oid {
    let of_tree = match &query.set_operation {
        Some(SetOperation::Node { types, .. }) => types.get(at).copied(),
        _ => query.visible().nth(at).and_then(|target| target.expr.type_oid()),
    };
    of_tree.filter(|it| catalog.base_type(*it) == described).unwrap_or(described)
}

fn origin(catalog: &Catalog, (relation, column): (Oid, i32)) -> Option<Origin> {
    let relation = catalog.relation(relation)?;
    Some(Origin {
        schema: relation.schema.clone(),
        relation: relation.name.clone(),
        column: relation.column(column)?.name.clone(),
    })
}

/// A statement without a tree that we can read: a utility, or one that nests too deep.
fn of_words(catalog: &Catalog, query: &Query, prepared: &Prepared) -> Answer {
    let reason = "the statement has no query tree, so that nothing is known about it";
    let field = |(name, type_oid): &(String, Oid)| {
        let nullability = Verdict::of(Nullability::Nullable).because(reason);
        Field::new(name, catalog.type_ref(*type_oid), nullability)
    };
    let fields: Vec<_> = prepared.columns.iter().map(field).collect();
    let types = prepared.columns.iter().map(|(_, type_oid)| *type_oid).collect();
    let first = query.sql.split_whitespace().next().unwrap_or_default();
    let cardinality = match (fields.is_empty(), first.eq_ignore_ascii_case("call")) {
        (true, _) => Verdict::of(Cardinality::None).because("the statement returns no columns"),
        (false, true) => Verdict::of(Cardinality::One).because("CALL returns one row"),
        (false, false) => Verdict::of(Cardinality::Many).because(reason),
    };
    (fields, types, cardinality)
}
