//! What a query reads from: its range table and its joins.

use super::expression::Expr;
use super::node::{Node, Value};
use super::query::Query;
use super::read_expression::many;
use crate::catalog::Oid;

/// An entry of the range table.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RangeTableEntry {
    pub kind: RteKind,
    /// What the query calls it.
    pub name: String,
    pub columns: Vec<String>,
    pub lateral: bool,
    /// Reads the children of the table too.
    pub inherits: bool,
    pub security: Vec<Expr>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum RteKind {
    Relation {
        oid: Oid,
        relkind: char,
        /// TABLESAMPLE: fewer rows than there are.
        sampled: bool,
    },
    Subquery(Box<Query>),
    /// The columns of a join; each a column of a side, or both merged by USING.
    Join {
        join_type: JoinType,
        columns: Vec<Option<Expr>>,
    },
    Functions {
        functions: Vec<TableFunction>,
        ordinality: bool,
    },
    Values(Vec<Vec<Expr>>),
    CommonTable {
        name: String,
        levels_up: usize,
        /// A reference of a recursive query to itself.
        recursive: bool,
    },
    /// No table: exactly one row.
    Empty,
    /// PostgreSQL 18: the grouping expressions.
    Group(Vec<Expr>),
    /// `JSON_TABLE`, `XMLTABLE`, a transition table, or newer than we are.
    Other(Vec<Expr>),
}

/// A function in FROM.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TableFunction {
    pub call: Expr,
    pub columns: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JoinType {
    Inner,
    Left,
    Full,
    Right,
    Unknown,
}

/// A tree of joins over the range table.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum FromItem {
    Table(usize),
    Join(Box<Join>),
    /// A list of items, all with all, filtered.
    List {
        items: Vec<FromItem>,
        condition: Option<Expr>,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Join {
    pub join_type: JoinType,
    pub left: FromItem,
    pub right: FromItem,
    pub condition: Option<Expr>,
    /// The join's own place in the range table.
    pub number: usize,
}

impl RangeTableEntry {
    pub(super) fn of(node: &Node<'_>) -> Self {
        let names = node.node("eref");
        Self {
            kind: kind(node),
            name: names.and_then(|names| names.text("aliasname")).unwrap_or_default(),
            columns: names.map(|names| names.texts("colnames")).unwrap_or_default(),
            lateral: node.flag("lateral"),
            inherits: node.flag("inh"),
            security: many(node, "securityQuals"),
        }
    }
}

fn kind(node: &Node<'_>) -> RteKind {
    match (node.number::<u32>("rtekind"), node.node("subquery")) {
        (0, _) => RteKind::Relation {
            oid: node.number("relid"),
            relkind: node.text("relkind").and_then(|it| it.chars().next()).unwrap_or(' '),
            sampled: node.node("tablesample").is_some(),
        },
        (1, Some(query)) => RteKind::Subquery(Box::new(Query::of(query))),
        (2, _) => RteKind::Join {
            join_type: join_type(node),
            columns: node.list("joinaliasvars").iter().map(Expr::of_value).collect(),
        },
        (3, _) => RteKind::Functions {
            functions: node.nodes("functions").filter_map(function).collect(),
            ordinality: node.flag("funcordinality"),
        },
        (5, _) => RteKind::Values(rows(node.list("values_lists"))),
        (6, _) => RteKind::CommonTable {
            name: node.text("ctename").unwrap_or_default(),
            levels_up: node.number("ctelevelsup"),
            recursive: node.flag("self_reference"),
        },
        (8, _) => RteKind::Empty,
        (9, _) => RteKind::Group(many(node, "groupexprs")),
        _ => RteKind::Other(node.node("tablefunc").map(Expr::of).into_iter().collect()),
    }
}

fn function(node: &Node<'_>) -> Option<TableFunction> {
    let call = Expr::of(node.node("funcexpr")?);
    Some(TableFunction { call, columns: node.number("funccolcount") })
}

fn rows(lists: &[Value<'_>]) -> Vec<Vec<Expr>> {
    let row = |value: &Value<'_>| value.as_list().iter().filter_map(Expr::of_value).collect();
    lists.iter().map(row).collect()
}

fn join_type(node: &Node<'_>) -> JoinType {
    match node.number::<u32>("jointype") {
        0 => JoinType::Inner,
        1 => JoinType::Left,
        2 => JoinType::Full,
        3 => JoinType::Right,
        _ => JoinType::Unknown,
    }
}

impl FromItem {
    pub(super) fn of(node: &Node<'_>) -> Self {
        match node.label {
            "RANGETBLREF" => Self::Table(node.number("rtindex")),
            "JOINEXPR" => match (node.node("larg"), node.node("rarg")) {
                (Some(left), Some(right)) => Self::Join(Box::new(Join {
                    join_type: join_type(node),
                    left: Self::of(left),
                    right: Self::of(right),
                    condition: node.node("quals").map(Expr::of),
                    number: node.number("rtindex"),
                })),
                _ => Self::empty(),
            },
            "FROMEXPR" => Self::List {
                items: node.nodes("fromlist").map(Self::of).collect(),
                condition: node.node("quals").map(Expr::of),
            },
            _ => Self::empty(),
        }
    }

    pub(super) fn empty() -> Self {
        Self::List { items: Vec::new(), condition: None }
    }

    /// The tables below, without the joins themselves.
    pub fn tables(&self) -> Vec<usize> {
        match self {
            Self::Table(number) => vec![*number],
            Self::Join(join) => [join.left.tables(), join.right.tables()].concat(),
            Self::List { items, .. } => items.iter().flat_map(Self::tables).collect(),
        }
    }
}
