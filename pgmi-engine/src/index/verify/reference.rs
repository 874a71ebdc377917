//! The checks of foreign keys: queries that PostgreSQL asks by itself, and that no EXPLAIN shows.

use crate::index::{
    Candidate, CandidateKind, ColumnName, IndexDefinition, KeyExpression, Parameter, quoted,
};

/// A query like that of a foreign key's trigger, over the columns that an index for it begins with
/// (`RI_FKey_noaction_del` of `ri_triggers.c`; a cascade looks for the same rows).
pub(super) struct ReferenceCheck {
    pub sql: String,
    pub parameters: Vec<Parameter>,
}

/// One for each table and set of columns that candidates for foreign keys are made for.
pub(super) fn checks(candidates: &[Candidate]) -> Vec<ReferenceCheck> {
    let mut all: Vec<ReferenceCheck> = Vec::new();
    let wanted = candidates.iter().filter(|it| it.kind == CandidateKind::ForeignKey);
    for check in wanted.filter_map(|candidate| check(&candidate.index)) {
        if !all.iter().any(|known| known.sql == check.sql) {
            all.push(check);
        }
    }
    all
}

fn check(index: &IndexDefinition) -> Option<ReferenceCheck> {
    let mut conditions = Vec::new();
    let mut parameters = Vec::new();
    for (number, key) in (1..).zip(&index.keys) {
        let KeyExpression::Column(column) = &key.expression else { return None };
        conditions.push(format!("x.{} = ${number}", quoted(column)));
        parameters.push(Parameter {
            // Left to PostgreSQL.
            type_name: "unknown".to_owned(),
            column: Some(ColumnName {
                schema: index.schema.clone(),
                table: index.table.clone(),
                column: column.clone(),
            }),
            operator: Some("=".to_owned()),
            any: false,
        });
    }
    let (table, conditions) = (index.table_sql(), conditions.join(" and "));
    let sql = format!("select 1 from {table} as x where {conditions} for key share of x");
    Some(ReferenceCheck { sql, parameters })
}
