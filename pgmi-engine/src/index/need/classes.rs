//! What follows from equalities: `a.x = b.y and b.y = $1` fixes `a.x` too.

use super::super::block::{Block, Condition, TableId, table_of};
use super::super::ground::Ground;
use crate::describe::tree::{Expr, Var};

/// How often a value is handed on; more tables in a row than anybody joins.
const ROUNDS: usize = 8;

/// Adds the conditions that follow from those of a block.
pub(super) fn complete(ground: &Ground<'_>, block: &mut Block) {
    for _ in 0..ROUNDS {
        let derived = derive(ground, block);
        if derived.is_empty() {
            return;
        }
        block.conditions.extend(derived);
    }
}

/// `x = y`, read as: what is known of `y` holds for `x`.
struct Link {
    to: Var,
    from: Var,
}

fn derive(ground: &Ground<'_>, block: &Block) -> Vec<Condition> {
    let links: Vec<Link> = block.conditions.iter().flat_map(|it| links(ground, it)).collect();
    let mut derived: Vec<Condition> = Vec::new();
    for condition in &block.conditions {
        let Some((var, _)) = equated(ground, &condition.expr) else { continue };
        let is_firm = |table: TableId| condition.restricts.contains(&table);
        for (var, other) in sides(&var, &condition.expr) {
            if !table_of(&var).is_some_and(is_firm) {
                continue;
            }
            for link in links.iter().filter(|link| link.from == var) {
                let (Some(table), false) = (table_of(&link.to), mentions(other, &link.to)) else {
                    continue;
                };
                let expr = replaced(&condition.expr, &var, &link.to);
                let known = block.conditions.iter().chain(&derived);
                let is_new = !known
                    .clone()
                    .any(|it| it.restricts.contains(&table) && is_same(&it.expr, &expr));
                if is_new {
                    let restricts = vec![table];
                    derived.push(Condition { expr, restricts, is_policy: condition.is_policy });
                }
            }
        }
    }
    derived
}

fn links(ground: &Ground<'_>, condition: &Condition) -> Vec<Link> {
    let Some((left, Some(right))) = equated(ground, &condition.expr) else { return Vec::new() };
    if left.type_oid != right.type_oid {
        return Vec::new();
    }
    let mut links = Vec::new();
    for (to, from) in [(left, right), (right, left)] {
        if table_of(&to).is_some_and(|table| condition.restricts.contains(&table)) {
            links.push(Link { to, from });
        }
    }
    links
}

/// The columns of `column = …`; the second where that is a column too.
fn equated(ground: &Ground<'_>, expr: &Expr) -> Option<(Var, Option<Var>)> {
    let Expr::Operator { oid, args, .. } = expr else { return None };
    let [left, right] = &args[..] else { return None };
    if ground.catalog.operator(*oid)?.equal_in.is_empty() {
        return None;
    }
    match (left.unlabelled(), right.unlabelled()) {
        (Expr::Var(left), Expr::Var(right)) => Some((*left, Some(*right))),
        (Expr::Var(var), _) | (_, Expr::Var(var)) => Some((*var, None)),
        _ => None,
    }
}

fn sides<'e>(var: &Var, expr: &'e Expr) -> Vec<(Var, &'e Expr)> {
    let Expr::Operator { args, .. } = expr else { return Vec::new() };
    let [left, right] = &args[..] else { return Vec::new() };
    let mut found = Vec::new();
    for (side, other) in [(left, right), (right, left)] {
        if let Expr::Var(side) = side.unlabelled() {
            found.push((*side, other));
        }
    }
    let _ = var;
    found
}

fn mentions(expr: &Expr, var: &Var) -> bool {
    expr.contains(|it| matches!(it, Expr::Var(found) if table_of(found) == table_of(var)))
}

fn replaced(expr: &Expr, old: &Var, new: &Var) -> Expr {
    let mut copy = expr.clone();
    copy.change(0, &mut |inner, _| {
        if let Expr::Var(var) = inner
            && var == old
        {
            *var = *new;
        }
    });
    copy
}

/// The same comparison, with either side first.
fn is_same(one: &Expr, other: &Expr) -> bool {
    match (one, other) {
        (Expr::Operator { args: one, .. }, Expr::Operator { args: other, .. }) => {
            one == other || one.iter().eq(other.iter().rev())
        }
        _ => false,
    }
}
