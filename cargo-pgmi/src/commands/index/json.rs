//! What was found, as one object.

use pgmi_engine::index::{
    Advice, AssumedNulls, Created, Dropped, IndexDefinition, MigrationStyle, Unhelped,
};
use serde_json::{Value, json};

pub fn advice(advice: &Advice, style: &MigrationStyle<'_>) -> Value {
    let none: &[Dropped] = &[];
    // Where nobody else uses the database, they are dropped.
    let (unused, left) = match style.drops_unused {
        true => (&*advice.unused, none),
        false => (none, &*advice.unused),
    };
    let query = |it: &Unhelped| {
        advice.workload.query(it.query).map(|query| query.name.clone()).unwrap_or_default()
    };
    let unhelped =
        |it: &Unhelped| json!({ "query": query(it), "reason": it.reason, "rewrite": it.rewrite });
    json!({
        "create": advice.create.iter().map(|it| created(advice, it, style)).collect::<Vec<_>>(),
        "drop": advice.drop.iter().chain(unused).map(|it| dropped(advice, it, style)).collect::<Vec<_>>(),
        "unused": left.iter().map(|it| found(&it.index, &it.reason)).collect::<Vec<_>>(),
        "unhelped": advice.unhelped.iter().map(unhelped).collect::<Vec<_>>(),
        "assumed": advice.workload.assumed.iter().map(assumed).collect::<Vec<_>>(),
        "lint": advice.lints.iter().map(|it| found(&it.index, &it.reason)).collect::<Vec<_>>(),
    })
}

/// How many rows are NULL, as nobody says.
fn assumed(assumed: &AssumedNulls) -> Value {
    let nulls = if assumed.are_most { "most" } else { "few" };
    json!({ "column": assumed.column.to_string(), "nulls": nulls })
}

/// An index that stays.
fn found(index: &IndexDefinition, reason: &str) -> Value {
    let table = format!("{}.{}", index.schema, index.table);
    json!({ "index": index.name, "table": table, "reason": reason })
}

fn created(advice: &Advice, created: &Created, style: &MigrationStyle<'_>) -> Value {
    let cost = created.cost();
    json!({
        "sql": created.index.create_sql(advice.is_concurrent(&created.index, style)),
        "table": format!("{}.{}", created.index.schema, created.index.table),
        "serves": created.serves.iter().map(|(query, _)| query).collect::<Vec<_>>(),
        "cost_before": cost.map(|it| it.before),
        "cost_after": cost.and_then(|it| it.after),
        "tried": created.is_tried(),
    })
}

fn dropped(advice: &Advice, dropped: &Dropped, style: &MigrationStyle<'_>) -> Value {
    json!({
        "sql": dropped.index.drop_sql(advice.is_concurrent(&dropped.index, style)),
        "reason": dropped.reason,
    })
}
