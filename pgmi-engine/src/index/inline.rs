//! SQL functions in FROM, looked through as the planner does.
//!
//! The tree of a body that is kept as text comes from a copy with an analysed body, made and rolled back in the
//! throwaway database.

use std::collections::HashMap;

use postgres::Client;

use crate::catalog::Oid;
use crate::describe::tree::{Expr, Query, RteKind, parse, queries};

/// The one query that each function is.
pub(super) type Bodies = HashMap<Oid, Query>;

/// Reads the bodies. A function of which it cannot be read stays what it is: a function.
pub(super) fn bodies(client: &mut Client) -> Result<Bodies, postgres::Error> {
    let mut bodies = Bodies::new();
    for row in client.query(include_str!("ground/bodies.sql"), &[])? {
        let (oid, arguments): (Oid, &str) = (row.try_get(0)?, row.try_get(1)?);
        let tree = match row.try_get::<_, Option<String>>(3)? {
            Some(tree) => Some(tree),
            None => analysed(client, arguments, row.try_get(2)?)?,
        };
        if let Some(query) = tree.as_deref().and_then(only_query) {
            bodies.insert(oid, query);
        }
    }
    Ok(bodies)
}

fn analysed(
    client: &mut Client,
    arguments: &str,
    body: &str,
) -> Result<Option<String>, postgres::Error> {
    let body = body.trim().trim_end_matches(';');
    let create = format!(
        "create function pg_temp.pgmi_body({}) returns void language sql begin atomic {body}; end",
        inputs(arguments)
    );
    let mut transaction = client.transaction()?;
    // Not every body that is text can be analysed ahead.
    if transaction.batch_execute(&create).is_err() {
        return Ok(None);
    }
    const TREE: &str = "select prosqlbody::text from pg_catalog.pg_proc
        where pronamespace = pg_catalog.pg_my_temp_schema() and proname = 'pgmi_body'";
    let row = transaction.query_opt(TREE, &[])?;
    row.map_or(Ok(None), |row| row.try_get(0))
}

/// Without the columns of `RETURNS TABLE`, which are arguments too.
fn inputs(arguments: &str) -> String {
    let mut depth = 0_i32;
    let mut parts = vec![String::new()];
    for character in arguments.chars() {
        depth += i32::from(character == '(') - i32::from(character == ')');
        match (character, parts.last_mut()) {
            (',', _) if depth == 0 => parts.push(String::new()),
            (other, Some(last)) => last.push(other),
            _ => {}
        }
    }
    let is_input = |part: &&String| {
        let part = part.trim_start();
        !part.starts_with("TABLE(") && !part.starts_with("OUT ")
    };
    parts.iter().filter(is_input).cloned().collect::<Vec<_>>().join(",")
}

fn only_query(text: &str) -> Option<Query> {
    let mut found = queries(&parse(text).ok()?);
    (found.len() == 1).then(|| found.remove(0))
}

/// Puts the bodies of functions in the place of their calls.
pub(super) fn inlined(query: &Query, bodies: &Bodies) -> Query {
    let mut copy = query.clone();
    replace(&mut copy, bodies);
    copy
}

fn replace(query: &mut Query, bodies: &Bodies) {
    for table in &mut query.tables {
        if let RteKind::Functions { functions, ordinality: false } = &table.kind
            && let [only] = &functions[..]
            && let Expr::Function { oid, args, .. } = &only.call
            && let Some(body) = bodies.get(oid)
        {
            table.kind = RteKind::Subquery(Box::new(called(body, args)));
        }
        if let RteKind::Subquery(inner) = &mut table.kind {
            replace(inner, bodies);
        }
    }
    for table in &mut query.common_tables {
        replace(&mut table.query, bodies);
    }
}

/// The body, with the arguments of the call for its parameters.
fn called(body: &Query, args: &[Expr]) -> Query {
    let mut copy = body.clone();
    copy.change(0, &mut |expr, depth| {
        if let Expr::Param { number, .. } = expr
            && let Some(arg) = number.checked_sub(1).and_then(|at| args.get(at))
        {
            *expr = deeper(arg, depth + 1);
        }
    });
    copy
}

/// An expression, some queries further in.
fn deeper(expr: &Expr, levels: usize) -> Expr {
    let mut copy = expr.clone();
    copy.change(0, &mut |inner, depth| {
        if let Expr::Var(var) = inner
            && var.levels_up >= depth
        {
            var.levels_up += levels;
        }
    });
    copy
}
