//! What a query of the first rows says of how many there are: who wants the newest 20 orders of a customer has customers
//! with more. Were there fewer, no index would have to keep them in order.

use super::ground::Ground;
use super::need::{Key, Need, Use, UseKind, Value};
use super::{ColumnName, Group};

/// Of a limit that is a parameter.
const PAGE: u64 = 20;

/// The columns whose values stand for such groups.
pub(super) fn groups(ground: &Ground<'_>, needs: &[Need]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for need in needs.iter().filter(|need| need.limited && !need.order.is_empty()) {
        let Some(column) = fixed(need).and_then(|key| name(ground, need, key)) else { continue };
        let first = need.first.unwrap_or(PAGE);
        match groups.iter_mut().find(|it| it.column == column) {
            Some(known) => known.first = known.first.max(first),
            None => groups.push(Group { column, first }),
        }
    }
    groups
}

/// The one key that a value is given for. Of several, nobody knows how many rows each of them has.
fn fixed(need: &Need) -> Option<&Key> {
    let is_fixing = |it: &&Use| it.kind == UseKind::Equal && it.value == Value::Given;
    let mut keys = need.uses.iter().filter(is_fixing).map(|it| &it.key);
    let first = keys.next()?;
    keys.all(|it| it.expr == first.expr).then_some(first)
}

fn name(ground: &Ground<'_>, need: &Need, key: &Key) -> Option<ColumnName> {
    let relation = ground.catalog.relation(need.relation)?;
    let column = relation.column(key.column()?)?.name.clone();
    Some(ColumnName { schema: relation.schema.clone(), table: relation.name.clone(), column })
}
