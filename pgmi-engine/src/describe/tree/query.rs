//! A query, the same for every major.

use super::expression::Expr;
use super::from::{FromItem, RangeTableEntry};
use super::node::{Node, Value};
use super::read_expression::many;
use crate::catalog::Oid;

/// An analysed and rewritten query: the whole statement, or one in parentheses.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Query {
    pub command: Command,
    /// The statement itself, not what a rule added.
    pub is_original: bool,
    /// The table that is changed, by its number in `tables`; 0 for none.
    pub result_relation: usize,
    pub has_aggregates: bool,
    pub has_target_sets: bool,
    pub common_tables: Vec<CommonTable>,
    pub tables: Vec<RangeTableEntry>,
    pub from: FromItem,
    pub targets: Vec<Target>,
    pub on_conflict: Option<OnConflict>,
    pub returning: Vec<Target>,
    pub merge_actions: Vec<MergeAction>,
    /// MERGE from 17 on; before, it stands in `from`.
    pub merge_condition: Option<Expr>,
    pub group: Vec<SortGroup>,
    pub grouping_sets: Vec<GroupingSet>,
    pub having: Option<Expr>,
    pub windows: Vec<Window>,
    pub distinct: Vec<SortGroup>,
    pub sort: Vec<SortGroup>,
    pub offset: Option<Expr>,
    pub limit: Option<Expr>,
    pub with_ties: bool,
    /// `FOR UPDATE` and the like, which may skip rows.
    pub locks_rows: bool,
    pub set_operation: Option<SetOperation>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Command {
    Select,
    Update,
    Insert,
    Delete,
    Merge,
    /// Anything that has no query tree: CALL, SET, CREATE, …
    Utility,
    /// An `INSTEAD NOTHING` rule took its place.
    Nothing,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Target {
    pub expr: Expr,
    /// The number of the result column; of the assigned column in INSERT and UPDATE.
    pub number: usize,
    pub name: Option<String>,
    pub sort_group: u32,
    /// Of a plain column: the relation it comes from, 0 for none.
    pub origin: (Oid, i32),
    /// Needed for sorting or grouping only.
    pub junk: bool,
}

/// A column of GROUP BY, DISTINCT or ORDER BY.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SortGroup {
    /// [`Target::sort_group`]
    pub reference: u32,
    /// The operator that tells whether two values are the same.
    pub equality: Oid,
    /// The operator that sorts, `<` or `>`; 0 for what can only be hashed.
    pub ordering: Oid,
    pub nulls_first: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CommonTable {
    pub name: String,
    pub query: Query,
    pub recursive: bool,
    pub columns: Vec<String>,
    pub materialized: Materialized,
    /// How often the query around it reads from it.
    pub references: u32,
}

/// What WITH says about computing its query once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Materialized {
    #[default]
    Unsaid,
    Always,
    Never,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct OnConflict {
    pub updates: bool,
    pub targets: Vec<Target>,
    pub condition: Option<Expr>,
    /// The number of `excluded` in `tables`.
    pub excluded: usize,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MergeAction {
    pub command: Command,
    pub condition: Option<Expr>,
    pub targets: Vec<Target>,
    /// `WHEN NOT MATCHED BY SOURCE`: there is no source row.
    pub lacks_source: bool,
    /// `WHEN NOT MATCHED`: there is no target row.
    pub lacks_target: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum GroupingSet {
    Empty,
    Simple(Vec<u32>),
    Rollup(Vec<GroupingSet>),
    Cube(Vec<GroupingSet>),
    Sets(Vec<GroupingSet>),
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Window {
    pub number: u32,
    pub partition: Vec<SortGroup>,
    /// `FRAMEOPTION_*`
    pub frame: u32,
    pub exprs: Vec<Expr>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum SetOperation {
    Leaf(usize),
    Node {
        operator: SetOperator,
        all: bool,
        left: Box<SetOperation>,
        right: Box<SetOperation>,
        types: Vec<Oid>,
        /// The equality of each column; empty for `ALL`.
        equalities: Vec<Oid>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SetOperator {
    Union,
    Intersect,
    Except,
}

/// The queries that one statement became.
pub fn queries(value: &Value<'_>) -> Vec<Query> {
    match value {
        Value::Node(node) if node.label == "QUERY" => vec![Query::of(node)],
        Value::List(values) => values.iter().flat_map(queries).collect(),
        _ => Vec::new(),
    }
}

/// The expressions of a `pg_node_tree`, such as `pg_constraint.conbin` or `pg_index.indexprs`.
pub fn expressions(text: &str) -> Vec<Expr> {
    match super::parse(text) {
        Ok(Value::List(values)) => values.iter().filter_map(Expr::of_value).collect(),
        Ok(value) => Expr::of_value(&value).into_iter().collect(),
        Err(_) => Vec::new(),
    }
}

impl Query {
    /// A query that reads and returns nothing.
    pub fn nothing() -> Self {
        Self::of(&Node { label: "QUERY", fields: Vec::new() })
    }

    /// What the query returns: its targets, or those of RETURNING.
    pub fn results(&self) -> &[Target] {
        match self.command {
            Command::Select => &self.targets,
            _ => &self.returning,
        }
    }

    /// The results that are columns, in their order.
    pub fn visible(&self) -> impl Iterator<Item = &Target> {
        self.results().iter().filter(|target| !target.junk)
    }

    /// The entry of the range table with this number.
    pub fn table(&self, number: usize) -> Option<&RangeTableEntry> {
        self.tables.get(number.checked_sub(1)?)
    }

    /// The target that GROUP BY, DISTINCT or ORDER BY refers to.
    pub fn sort_group(&self, reference: u32) -> Option<&Target> {
        self.targets.iter().find(|target| target.sort_group == reference)
    }

    /// Whether rows are put together to groups.
    pub fn is_grouped(&self) -> bool {
        self.has_aggregates
            || !self.group.is_empty()
            || !self.grouping_sets.is_empty()
            || self.having.is_some()
    }

    pub(super) fn of(node: &Node<'_>) -> Self {
        Self {
            command: command(node.number("commandType"), node),
            is_original: node.flag("canSetTag"),
            result_relation: node.number("resultRelation"),
            has_aggregates: node.flag("hasAggs"),
            has_target_sets: node.flag("hasTargetSRFs"),
            common_tables: node.nodes("cteList").filter_map(common_table).collect(),
            tables: node.nodes("rtable").map(RangeTableEntry::of).collect(),
            from: node.node("jointree").map_or_else(FromItem::empty, FromItem::of),
            targets: targets(node, "targetList"),
            on_conflict: node.node("onConflict").map(on_conflict),
            returning: targets(node, "returningList"),
            merge_actions: node.nodes("mergeActionList").map(merge_action).collect(),
            merge_condition: node.node("mergeJoinCondition").map(Expr::of),
            group: sort_groups(node, "groupClause"),
            grouping_sets: node.nodes("groupingSets").map(grouping_set).collect(),
            having: node.node("havingQual").map(Expr::of),
            windows: node.nodes("windowClause").map(window).collect(),
            distinct: sort_groups(node, "distinctClause"),
            sort: sort_groups(node, "sortClause"),
            offset: node.node("limitOffset").map(Expr::of),
            limit: node.node("limitCount").map(Expr::of),
            with_ties: node.number::<u32>("limitOption") == 1,
            locks_rows: !node.list("rowMarks").is_empty(),
            set_operation: node.node("setOperations").and_then(set_operation),
        }
    }
}

/// MERGE came with 15 and moved what stands behind it.
fn command(number: u32, node: &Node<'_>) -> Command {
    let has_merge = node.field("mergeActionList").is_some();
    match number {
        1 => Command::Select,
        2 => Command::Update,
        3 => Command::Insert,
        4 => Command::Delete,
        5 if has_merge => Command::Merge,
        5 => Command::Utility,
        6 if has_merge => Command::Utility,
        _ => Command::Nothing,
    }
}

fn targets(node: &Node<'_>, name: &str) -> Vec<Target> {
    node.nodes(name).filter_map(target).collect()
}

fn target(node: &Node<'_>) -> Option<Target> {
    Some(Target {
        expr: Expr::of(node.node("expr")?),
        number: node.number("resno"),
        name: node.text("resname"),
        sort_group: node.number("ressortgroupref"),
        origin: (node.number("resorigtbl"), node.number("resorigcol")),
        junk: node.flag("resjunk"),
    })
}

fn sort_groups(node: &Node<'_>, name: &str) -> Vec<SortGroup> {
    let sort_group = |clause: &Node<'_>| SortGroup {
        reference: clause.number("tleSortGroupRef"),
        equality: clause.number("eqop"),
        ordering: clause.number("sortop"),
        nulls_first: clause.flag("nulls_first"),
    };
    node.nodes(name).map(sort_group).collect()
}

fn common_table(node: &Node<'_>) -> Option<CommonTable> {
    Some(CommonTable {
        name: node.text("ctename")?,
        query: Query::of(node.node("ctequery")?),
        recursive: node.flag("cterecursive"),
        columns: node.texts("ctecolnames"),
        materialized: match node.number::<u32>("ctematerialized") {
            1 => Materialized::Always,
            2 => Materialized::Never,
            _ => Materialized::Unsaid,
        },
        references: node.number("cterefcount"),
    })
}

fn on_conflict(node: &Node<'_>) -> OnConflict {
    OnConflict {
        // `ONCONFLICT_UPDATE`
        updates: node.number::<u32>("action") == 2,
        targets: targets(node, "onConflictSet"),
        condition: node.node("onConflictWhere").map(Expr::of),
        excluded: node.number("exclRelIndex"),
    }
}

fn merge_action(node: &Node<'_>) -> MergeAction {
    let kind: Option<u32> = node.word("matchKind").and_then(|it| it.parse().ok());
    MergeAction {
        // Here the numbers are those without a field `mergeActionList` in between.
        command: match node.number::<u32>("commandType") {
            2 => Command::Update,
            3 => Command::Insert,
            4 => Command::Delete,
            _ => Command::Nothing,
        },
        condition: node.node("qual").map(Expr::of),
        targets: targets(node, "targetList"),
        lacks_source: kind == Some(1),
        lacks_target: kind.map_or(!node.flag("matched"), |kind| kind == 2),
    }
}

fn grouping_set(node: &Node<'_>) -> GroupingSet {
    let inner = || node.nodes("content").map(grouping_set).collect();
    match node.number::<u32>("kind") {
        1 => GroupingSet::Simple(node.numbers("content")),
        2 => GroupingSet::Rollup(inner()),
        3 => GroupingSet::Cube(inner()),
        4 => GroupingSet::Sets(inner()),
        _ => GroupingSet::Empty,
    }
}

fn window(node: &Node<'_>) -> Window {
    let mut exprs = many(node, "startOffset");
    exprs.extend(node.node("startOffset").map(Expr::of));
    exprs.extend(node.node("endOffset").map(Expr::of));
    Window {
        number: node.number("winref"),
        partition: sort_groups(node, "partitionClause"),
        frame: node.number("frameOptions"),
        exprs,
    }
}

fn set_operation(node: &Node<'_>) -> Option<SetOperation> {
    if node.label == "RANGETBLREF" {
        return Some(SetOperation::Leaf(node.number("rtindex")));
    }
    Some(SetOperation::Node {
        operator: match node.number::<u32>("op") {
            1 => SetOperator::Union,
            2 => SetOperator::Intersect,
            3 => SetOperator::Except,
            _ => return None,
        },
        all: node.flag("all"),
        left: Box::new(set_operation(node.node("larg")?)?),
        right: Box::new(set_operation(node.node("rarg")?)?),
        types: node.numbers("colTypes"),
        equalities: node.nodes("groupClauses").map(|clause| clause.number("eqop")).collect(),
    })
}
