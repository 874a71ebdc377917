//! What a role lacks in a given database, and the GRANT that helps.

use std::collections::{BTreeMap, BTreeSet};

use postgres::Client;

use crate::catalog::Catalog;
use crate::describe::tree::{Command, Query, RteKind};
use crate::diagnostic::{Code, Diagnostic, ServerError};
use crate::index::{WorkloadQuery, quoted};

/// A query that cannot be planned, and what PostgreSQL says.
pub(super) struct Denied<'a> {
    pub query: &'a WorkloadQuery,
    pub error: ServerError,
}

/// All that was denied, in one error with one GRANT for each object.
pub(super) fn not_permitted(
    client: &mut Client,
    catalog: &Catalog,
    denied: Vec<Denied<'_>>,
) -> crate::Error {
    let names: Vec<&str> = denied.iter().map(|it| &*it.query.name).collect();
    let which = match names[..] {
        [only] => format!("query {only}"),
        [first, second] => format!("queries {first} and {second}"),
        [first, ..] => format!("query {first} and {} more", names.len() - 1),
        [] => "a query".to_owned(),
    };
    let grants = grants(client, catalog, &denied);
    let mut words: Vec<String> = denied.iter().map(|it| it.error.message.clone()).collect();
    words.sort();
    words.dedup();
    let message = format!("{which} cannot be planned in that database: {}", words.join(", "));
    let first = denied.into_iter().next().map(|it| it.error);
    let finding = Diagnostic::error(Code::InsufficientPrivilege, message);
    let finding = first.into_iter().fold(finding, Diagnostic::server);
    let finding = grants.into_iter().fold(finding, Diagnostic::help);
    finding
        .help("or use a role with pg_read_all_data and pg_write_all_data; nothing is written there")
        .into()
}

fn grants(client: &mut Client, catalog: &Catalog, denied: &[Denied<'_>]) -> Vec<String> {
    let role = role(client);
    let mut needed: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for it in denied {
        let Some((kind, name)) = object(&it.error.message) else { continue };
        let privileges = match kind {
            "schema" => vec!["usage"],
            "function" | "procedure" => vec!["execute"],
            "sequence" => vec!["usage", "select"],
            _ => privileges(catalog, &it.query.trees, name),
        };
        let on = match kind {
            "schema" | "function" | "procedure" | "sequence" => {
                format!("{kind} {}", quoted(name))
            }
            _ => qualified(client, name),
        };
        needed.entry(on).or_default().extend(privileges);
    }
    let grant = |(on, privileges): (String, BTreeSet<&str>)| {
        let privileges: Vec<&str> = privileges.into_iter().collect();
        format!("grant {} on {on} to {role};", privileges.join(", "))
    };
    needed.into_iter().map(grant).collect()
}

/// `permission denied for table album`
fn object(message: &str) -> Option<(&str, &str)> {
    message.strip_prefix("permission denied for ")?.rsplit_once(' ')
}

/// With the schema of the table or view of that name that the role may not read or write.
fn qualified(client: &mut Client, name: &str) -> String {
    let sql = "select pg_catalog.format('%I.%I', n.nspname, c.relname)
        from pg_catalog.pg_class as c join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
        where c.relname = $1 and c.relkind in ('r', 'p', 'v', 'm', 'f')
          and not pg_catalog.has_table_privilege(c.oid, 'select, insert, update, delete')
        order by 1 limit 1";
    let row = client.query_opt(sql, &[&name]).ok().flatten();
    row.and_then(|row| row.try_get(0).ok()).unwrap_or_else(|| quoted(name))
}

/// The role of a session, as SQL.
pub(in crate::index) fn role(client: &mut Client) -> String {
    let row = client.query_one("select pg_catalog.quote_ident(current_user)", &[]);
    row.and_then(|row| row.try_get(0)).unwrap_or_else(|_| "current_user".to_owned())
}

/// What a statement needs of the table of a name.
fn privileges(catalog: &Catalog, trees: &[Query], name: &str) -> Vec<&'static str> {
    let mut all = Vec::new();
    let is_it = |query: &Query, number: usize| {
        let of = query.table(number).map(|it| &it.kind);
        matches!(of, Some(RteKind::Relation { oid, .. }) if catalog.relation(*oid).is_some_and(|it| it.name == name))
    };
    for tree in trees {
        tree.visit_queries(0, &mut |query, _| {
            if !is_it(query, query.result_relation) {
                return all.push("select");
            }
            let reads = !query.returning.is_empty() || query.on_conflict.is_some();
            match query.command {
                Command::Insert if reads => all.extend(["insert", "select"]),
                Command::Insert => all.push("insert"),
                Command::Update => all.extend(["select", "update"]),
                Command::Delete => all.extend(["select", "delete"]),
                _ => all.extend(["select", "insert", "update", "delete"]),
            }
        });
    }
    all
}
