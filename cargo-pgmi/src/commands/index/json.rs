//! What was found, as one object.

use pgmi_engine::index::{Advice, Created, Dropped, Lint, MigrationStyle, Unhelped};
use serde_json::{Value, json};

pub fn advice(advice: &Advice, style: &MigrationStyle<'_>) -> Value {
    let unused = advice.unused.iter().filter(|_| style.drops_unused);
    let query = |it: &Unhelped| {
        advice.workload.query(it.query).map(|query| query.name.clone()).unwrap_or_default()
    };
    let unhelped =
        |it: &Unhelped| json!({ "query": query(it), "reason": it.reason, "rewrite": it.rewrite });
    json!({
        "create": advice.create.iter().map(|it| created(advice, it, style)).collect::<Vec<_>>(),
        "drop": advice.drop.iter().chain(unused).map(|it| dropped(advice, it, style)).collect::<Vec<_>>(),
        "unhelped": advice.unhelped.iter().map(unhelped).collect::<Vec<_>>(),
        "lint": advice.lints.iter().map(lint).collect::<Vec<_>>(),
    })
}

fn lint(it: &Lint) -> Value {
    let table = format!("{}.{}", it.index.schema, it.index.table);
    json!({ "index": it.index.name, "table": table, "reason": it.reason })
}

fn created(advice: &Advice, created: &Created, style: &MigrationStyle<'_>) -> Value {
    let cost = created.cost();
    json!({
        "sql": created.index.create_sql(advice.is_concurrent(&created.index, style)),
        "table": format!("{}.{}", created.index.schema, created.index.table),
        "serves": created.serves.iter().map(|(query, _)| query).collect::<Vec<_>>(),
        "cost_before": cost.map(|(before, _)| before),
        "cost_after": cost.map(|(_, after)| after),
    })
}

fn dropped(advice: &Advice, dropped: &Dropped, style: &MigrationStyle<'_>) -> Value {
    json!({
        "sql": dropped.index.drop_sql(advice.is_concurrent(&dropped.index, style)),
        "reason": dropped.reason,
    })
}
