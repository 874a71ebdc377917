//! What EXPLAIN says.

use std::collections::BTreeSet;

use serde_json::Value;

/// A query plan: what it costs, and which indexes it uses.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Plan {
    pub cost: f64,
    pub indexes: BTreeSet<String>,
    /// Tables that are read from end to end, by name.
    pub scanned: BTreeSet<String>,
}

impl Plan {
    /// Reads `EXPLAIN (FORMAT JSON)`; none for a statement that has no plan.
    pub(super) fn parse(json: &str) -> Option<Self> {
        let value: Value = serde_json::from_str(json).ok()?;
        let top = value.get(0)?.get("Plan")?;
        let cost = top.get("Total Cost")?.as_f64()?;
        let mut plan = Self { cost, indexes: BTreeSet::new(), scanned: BTreeSet::new() };
        plan.gather(top);
        Some(plan)
    }

    /// The cheaper of the two, with the indexes of both.
    pub(super) fn or(self, mut other: Self) -> Self {
        other.indexes.extend(self.indexes);
        other.scanned.extend(self.scanned);
        Self { cost: self.cost.min(other.cost), ..other }
    }

    fn gather(&mut self, node: &Value) {
        let text = |name: &str| node.get(name).and_then(Value::as_str);
        // ON CONFLICT names its arbiters.
        let arbiters = node.get("Conflict Arbiter Indexes").and_then(Value::as_array);
        let arbiters = arbiters.into_iter().flatten().filter_map(Value::as_str);
        self.indexes.extend(text("Index Name").into_iter().chain(arbiters).map(str::to_owned));
        if text("Node Type") == Some("Seq Scan") {
            self.scanned.extend(text("Relation Name").map(str::to_owned));
        }
        for below in node.get("Plans").and_then(Value::as_array).into_iter().flatten() {
            self.gather(below);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cost_and_indexes_are_read() {
        let json = r#"[{"Plan": {"Node Type": "Nested Loop", "Total Cost": 9.5, "Plans": [
            {"Node Type": "Index Scan", "Index Name": "a"},
            {"Node Type": "Bitmap Heap Scan", "Plans": [{"Node Type": "Bitmap Index Scan", "Index Name": "b"}]}
        ]}}]"#;
        let plan = Plan::parse(json).unwrap();
        assert_eq!(plan.indexes, BTreeSet::from(["a".to_owned(), "b".to_owned()]));
        let other = Plan::parse(
            r#"[{"Plan": {"Node Type": "Seq Scan", "Relation Name": "t", "Total Cost": 3, "Plans": [{"Index Name": "c"}]}}]"#,
        );
        let other = other.unwrap();
        assert!(other.scanned.contains("t"));
        let both = plan.or(other);
        assert_eq!((both.cost, both.indexes.len()), (3.0, 3));
        assert_eq!(Plan::parse(r#"["Utility Statement"]"#), None);
        assert_eq!(Plan::parse("no plan"), None);
    }
}
