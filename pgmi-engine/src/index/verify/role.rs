//! Row security: who sees all rows, such as a superuser, sees no condition of it in a plan.

use postgres::Client;

use crate::catalog::Catalog;
use crate::describe::tree::{Query, RteKind};
use crate::index::quoted;

/// A role that is subject to row security wherever it was not made exempt.
const SUBJECT: &str = "pg_read_all_data";

/// The schemas of the tables with row security that a query reads.
pub(super) fn secured_schemas(trees: &[Query], catalog: &Catalog) -> Vec<String> {
    let mut schemas = Vec::new();
    for tree in trees {
        tree.visit_queries(0, &mut |query, _| {
            for table in &query.tables {
                let RteKind::Relation { oid, .. } = table.kind else { continue };
                if let Some(relation) = catalog.relation(oid).filter(|it| it.row_security) {
                    schemas.push(relation.schema.clone());
                }
            }
        });
    }
    schemas.sort();
    schemas.dedup();
    schemas
}

/// The role to plan as where row security is to be seen; none where the session may not become one. The role
/// gets its privileges in this database only, which is dropped.
pub(super) fn subject_to(client: &mut Client, schemas: &[String]) -> Option<String> {
    let policies = "select r.rolname::text from pg_catalog.pg_policy as p \
                    cross join unnest(p.polroles) as u (oid) join pg_catalog.pg_roles as r on r.oid = u.oid \
                    where not r.rolsuper and not r.rolbypassrls order by 1 limit 1";
    let named = client.query_opt(policies, &[]).ok().flatten();
    let role = named.and_then(|row| row.try_get(0).ok()).unwrap_or_else(|| SUBJECT.to_owned());
    let role = quoted(&role);
    for schema in schemas {
        let schema = quoted(schema);
        let grants = format!(
            "grant usage on schema {schema} to {role}; grant all on all tables in schema {schema} to {role}; \
             grant execute on all routines in schema {schema} to {role}"
        );
        client.batch_execute(&grants).ok()?;
    }
    client.batch_execute(&format!("set role {role}; reset role")).ok()?;
    Some(role)
}
