//! Expressions, the same for every major.

use super::node::{Node, Value};
use super::query::Query;
use crate::catalog::Oid;

/// An expression. Equal means: written differently perhaps, but the same computation; positions in
/// the text, type modifiers and the outer joins that PostgreSQL 16 notes at a column are left out.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Expr {
    Var(Var),
    Const {
        type_oid: Oid,
        /// The bytes as they lie in memory; nothing for NULL.
        value: Option<Vec<u8>>,
    },
    /// `$1`, `$2`, …
    Param {
        number: usize,
        type_oid: Oid,
    },
    /// A column of the subquery in the test of `x IN (SELECT …)`.
    SubLinkColumn {
        column: usize,
        type_oid: Oid,
    },
    Aggregate(Box<Aggregate>),
    Grouping,
    Window(Box<WindowCall>),
    Subscript {
        type_oid: Oid,
        container: Box<Expr>,
        indexes: Vec<Expr>,
        slice: bool,
        assigned: Option<Box<Expr>>,
    },
    Function {
        oid: Oid,
        type_oid: Oid,
        args: Vec<Expr>,
        returns_set: bool,
        /// Called with `VARIADIC array`.
        variadic: bool,
    },
    Operator {
        oid: Oid,
        function: Oid,
        type_oid: Oid,
        args: Vec<Expr>,
        collation: Oid,
    },
    /// `IS DISTINCT FROM`
    Distinct {
        operator: Oid,
        args: Vec<Expr>,
    },
    NullIf {
        type_oid: Oid,
        args: Vec<Expr>,
    },
    /// `x op ANY (array)`, `x op ALL (array)`
    ScalarArray {
        operator: Oid,
        function: Oid,
        any: bool,
        args: Vec<Expr>,
    },
    Bool {
        op: BoolOp,
        args: Vec<Expr>,
    },
    SubLink {
        kind: SubLinkKind,
        test: Option<Box<Expr>>,
        query: Box<Query>,
    },
    /// A field of a composite value.
    Field {
        type_oid: Oid,
        number: i32,
        of: Box<Expr>,
    },
    /// A composite value with fields replaced.
    Store {
        type_oid: Oid,
        of: Box<Expr>,
        values: Vec<Expr>,
    },
    /// A change of type that leaves the bits alone.
    Relabel {
        type_oid: Oid,
        of: Box<Expr>,
    },
    /// A change of type that NULL survives: through text, element by element, between row types.
    Convert {
        type_oid: Oid,
        of: Box<Expr>,
    },
    ToDomain {
        type_oid: Oid,
        of: Box<Expr>,
    },
    /// The value that a domain's check looks at.
    DomainValue,
    Case {
        type_oid: Oid,
        of: Option<Box<Expr>>,
        /// Condition and result.
        arms: Vec<(Expr, Expr)>,
        otherwise: Option<Box<Expr>>,
    },
    /// In a condition of `CASE x WHEN …`: the value of `x`.
    CaseValue {
        type_oid: Oid,
    },
    Array {
        type_oid: Oid,
        elements: Vec<Expr>,
        nested: bool,
    },
    Row {
        type_oid: Oid,
        args: Vec<Expr>,
    },
    /// `(a, b) < (c, d)`
    RowCompare {
        operators: Vec<Oid>,
        left: Vec<Expr>,
        right: Vec<Expr>,
    },
    Coalesce {
        type_oid: Oid,
        args: Vec<Expr>,
    },
    /// `greatest`, `least`
    MinMax {
        type_oid: Oid,
        args: Vec<Expr>,
    },
    /// `current_date`, `current_user`, …
    SqlValue {
        op: u32,
        type_oid: Oid,
    },
    NullTest {
        of: Box<Expr>,
        is_null: bool,
        /// The test looks at each field of a row.
        row: bool,
    },
    BoolTest {
        of: Box<Expr>,
        test: BoolTest,
    },
    NextValue {
        type_oid: Oid,
    },
    /// `JSON_OBJECT(…)`, `JSON_ARRAY(…)` and their aggregates.
    Json {
        /// `JsonConstructorType`
        kind: u32,
        type_oid: Oid,
        args: Vec<Expr>,
        call: Option<Box<Expr>>,
    },
    /// Anything else: nothing is believed of it.
    Other {
        label: String,
        children: Vec<Expr>,
    },
}

/// A column of a relation of this query, or of one around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Var {
    /// The number in the range table, from 1.
    pub relation: usize,
    /// The column, from 1; 0 for the whole row, negative for system columns.
    pub attribute: i32,
    /// How many queries further out the relation stands.
    pub levels_up: usize,
    pub type_oid: Oid,
    pub returning: VarReturning,
}

/// Whether RETURNING said `old.` or `new.` (PostgreSQL 18).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum VarReturning {
    #[default]
    Default,
    Old,
    New,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Aggregate {
    pub function: Oid,
    pub type_oid: Oid,
    /// `percentile_cont(DIRECT) WITHIN GROUP (ORDER BY args)`
    pub direct: Vec<Expr>,
    pub args: Vec<Expr>,
    pub filter: Option<Expr>,
    pub levels_up: usize,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct WindowCall {
    pub function: Oid,
    pub type_oid: Oid,
    pub args: Vec<Expr>,
    pub filter: Option<Expr>,
    /// Which [`super::Window`].
    pub window: u32,
    pub aggregate: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BoolOp {
    And,
    Or,
    Not,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SubLinkKind {
    Exists,
    All,
    Any,
    RowCompare,
    Scalar,
    MultiAssign,
    Array,
    Unknown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BoolTest {
    True,
    NotTrue,
    False,
    NotFalse,
    Unknown,
    NotUnknown,
}

impl Expr {
    /// The type of the result, where the node says it.
    pub fn type_oid(&self) -> Option<Oid> {
        const BOOL: Oid = 16;
        match self {
            Self::Var(var) => Some(var.type_oid),
            Self::Aggregate(call) => Some(call.type_oid),
            Self::Window(call) => Some(call.type_oid),
            Self::Const { type_oid, .. }
            | Self::Param { type_oid, .. }
            | Self::SubLinkColumn { type_oid, .. }
            | Self::Subscript { type_oid, .. }
            | Self::Function { type_oid, .. }
            | Self::Operator { type_oid, .. }
            | Self::NullIf { type_oid, .. }
            | Self::Field { type_oid, .. }
            | Self::Store { type_oid, .. }
            | Self::Relabel { type_oid, .. }
            | Self::Convert { type_oid, .. }
            | Self::ToDomain { type_oid, .. }
            | Self::Case { type_oid, .. }
            | Self::CaseValue { type_oid }
            | Self::Array { type_oid, .. }
            | Self::Row { type_oid, .. }
            | Self::Coalesce { type_oid, .. }
            | Self::MinMax { type_oid, .. }
            | Self::SqlValue { type_oid, .. }
            | Self::NextValue { type_oid }
            | Self::Json { type_oid, .. } => Some(*type_oid),
            Self::Distinct { .. }
            | Self::ScalarArray { .. }
            | Self::Bool { .. }
            | Self::RowCompare { .. }
            | Self::NullTest { .. }
            | Self::BoolTest { .. } => Some(BOOL),
            Self::SubLink { kind, query, .. } => match kind {
                SubLinkKind::Exists | SubLinkKind::All | SubLinkKind::Any => Some(BOOL),
                SubLinkKind::Scalar => query.visible().next()?.expr.type_oid(),
                _ => None,
            },
            Self::Grouping => Some(23),
            Self::DomainValue | Self::Other { .. } => None,
        }
    }

    /// The expression under changes of type that leave the bits alone.
    pub fn unlabelled(&self) -> &Self {
        match self {
            Self::Relabel { of, .. } => of.unlabelled(),
            other => other,
        }
    }

    pub fn is_null_constant(&self) -> bool {
        match self {
            Self::Const { value, .. } => value.is_none(),
            Self::Relabel { of, .. } | Self::Convert { of, .. } => of.is_null_constant(),
            _ => false,
        }
    }

    /// `true` or `false`, written as such.
    pub fn bool_constant(&self) -> Option<bool> {
        match self {
            Self::Const { type_oid: 16, value: Some(bytes) } => Some(bytes.first() == Some(&1)),
            _ => None,
        }
    }

    /// An integer written as such; `LIMIT 1` makes an `int8` of it.
    pub fn integer_constant(&self) -> Option<i64> {
        const INT8_OF_INT4: Oid = 481;
        const INT8_OF_INT2: Oid = 754;
        if let Self::Function { oid: INT8_OF_INT4 | INT8_OF_INT2, args, .. } = self {
            return args.first().and_then(Self::integer_constant);
        }
        let Self::Const { type_oid, value: Some(bytes) } = self else { return None };
        match type_oid {
            20 => bytes.first_chunk().map(|it| i64::from_le_bytes(*it)),
            23 => bytes.first_chunk().map(|it| i64::from(i32::from_le_bytes(*it))),
            21 => bytes.first_chunk().map(|it| i64::from(i16::from_le_bytes(*it))),
            _ => None,
        }
    }

    /// The parts of a conjunction; itself where it is none.
    pub fn conjuncts(&self) -> Vec<&Self> {
        match self {
            Self::Bool { op: BoolOp::And, args } => args.iter().flat_map(Self::conjuncts).collect(),
            other => vec![other],
        }
    }

    pub(super) fn of(node: &Node<'_>) -> Self {
        read(node)
    }

    pub(super) fn of_value(value: &Value<'_>) -> Option<Self> {
        value.as_node().map(read)
    }
}

fn read(node: &Node<'_>) -> Expr {
    match node.label {
        "VAR" => Expr::Var(var(node)),
        "CONST" => constant(node),
        "PARAM" => param(node),
        "AGGREF" => aggregate(node),
        "GROUPINGFUNC" => Expr::Grouping,
        "WINDOWFUNC" => window(node),
        "SUBSCRIPTINGREF" => subscript(node),
        "FUNCEXPR" => function(node),
        "BOOLEXPR" => bool_expr(node),
        "SUBLINK" => sub_link(node),
        "CASEEXPR" | "CASE" => case(node),
        "JSONCONSTRUCTOREXPR" => json(node),
        "COERCETODOMAINVALUE" => Expr::DomainValue,
        "CASETESTEXPR" => Expr::CaseValue { type_oid: node.number("typeId") },
        "NEXTVALUEEXPR" => Expr::NextValue { type_oid: node.number("typeId") },
        "SQLVALUEFUNCTION" => {
            Expr::SqlValue { op: node.number("op"), type_oid: node.number("type") }
        }
        "TARGETENTRY" => node.node("expr").map_or_else(|| other(node), read),
        _ => read_operation(node),
    }
}

/// What has operands in `args`.
fn read_operation(node: &Node<'_>) -> Expr {
    let args = |name| many(node, name);
    match node.label {
        "OPEXPR" => Expr::Operator {
            oid: node.number("opno"),
            function: node.number("opfuncid"),
            type_oid: node.number("opresulttype"),
            args: args("args"),
            collation: node.number("inputcollid"),
        },
        "DISTINCTEXPR" => Expr::Distinct { operator: node.number("opno"), args: args("args") },
        "NULLIFEXPR" => Expr::NullIf { type_oid: node.number("opresulttype"), args: args("args") },
        "SCALARARRAYOPEXPR" => Expr::ScalarArray {
            operator: node.number("opno"),
            function: node.number("opfuncid"),
            any: node.flag("useOr"),
            args: args("args"),
        },
        "ARRAYEXPR" | "ARRAY" => Expr::Array {
            type_oid: node.number("array_typeid"),
            elements: args("elements"),
            nested: node.flag("multidims"),
        },
        "ROWEXPR" | "ROW" => Expr::Row { type_oid: node.number("row_typeid"), args: args("args") },
        "ROWCOMPAREEXPR" | "ROWCOMPARE" => Expr::RowCompare {
            operators: node.numbers("opnos"),
            left: args("largs"),
            right: args("rargs"),
        },
        "COALESCEEXPR" | "COALESCE" => {
            Expr::Coalesce { type_oid: node.number("coalescetype"), args: args("args") }
        }
        "MINMAXEXPR" | "MINMAX" => {
            Expr::MinMax { type_oid: node.number("minmaxtype"), args: args("args") }
        }
        _ => read_around(node),
    }
}

/// What stands around one expression, `arg`.
fn read_around(node: &Node<'_>) -> Expr {
    let Some(of) = node.node("arg").map(|arg| Box::new(read(arg))) else { return other(node) };
    let type_oid = node.number("resulttype");
    match node.label {
        "FIELDSELECT" => Expr::Field { type_oid, number: node.number("fieldnum"), of },
        "FIELDSTORE" => Expr::Store { type_oid, of, values: many(node, "newvals") },
        "RELABELTYPE" => Expr::Relabel { type_oid, of },
        "COLLATEEXPR" | "COLLATE" => {
            Expr::Relabel { type_oid: of.type_oid().unwrap_or_default(), of }
        }
        "COERCEVIAIO" | "ARRAYCOERCEEXPR" | "CONVERTROWTYPEEXPR" => Expr::Convert { type_oid, of },
        "COERCETODOMAIN" => Expr::ToDomain { type_oid, of },
        "NULLTEST" => Expr::NullTest {
            of,
            is_null: node.number::<u32>("nulltesttype") == 0,
            row: node.flag("argisrow"),
        },
        "BOOLEANTEST" => Expr::BoolTest { of, test: bool_test(node) },
        _ => other(node),
    }
}

fn var(node: &Node<'_>) -> Var {
    Var {
        relation: node.number("varno"),
        attribute: node.number("varattno"),
        levels_up: node.number("varlevelsup"),
        type_oid: node.number("vartype"),
        returning: match node.number::<u32>("varreturningtype") {
            1 => VarReturning::Old,
            2 => VarReturning::New,
            _ => VarReturning::Default,
        },
    }
}

fn constant(node: &Node<'_>) -> Expr {
    let value = match node.field("constvalue") {
        Some(Value::Bytes(bytes)) => bytes.clone(),
        _ => Vec::new(),
    };
    let type_oid = node.number("consttype");
    Expr::Const { type_oid, value: (!node.flag("constisnull")).then_some(value) }
}

fn param(node: &Node<'_>) -> Expr {
    let type_oid = node.number("paramtype");
    match node.number::<u32>("paramkind") {
        0 => Expr::Param { number: node.number("paramid"), type_oid },
        2 => Expr::SubLinkColumn { column: node.number("paramid"), type_oid },
        _ => other(node),
    }
}

fn aggregate(node: &Node<'_>) -> Expr {
    Expr::Aggregate(Box::new(Aggregate {
        function: node.number("aggfnoid"),
        type_oid: node.number("aggtype"),
        direct: many(node, "aggdirectargs"),
        args: node
            .nodes("args")
            .filter(|target| !target.flag("resjunk"))
            .filter_map(|target| target.node("expr").map(read))
            .collect(),
        filter: node.node("aggfilter").map(read),
        levels_up: node.number("agglevelsup"),
    }))
}

fn window(node: &Node<'_>) -> Expr {
    Expr::Window(Box::new(WindowCall {
        function: node.number("winfnoid"),
        type_oid: node.number("wintype"),
        args: many(node, "args"),
        filter: node.node("aggfilter").map(read),
        window: node.number("winref"),
        aggregate: node.flag("winagg"),
    }))
}

fn subscript(node: &Node<'_>) -> Expr {
    let mut indexes = many(node, "refupperindexpr");
    let slice = !node.list("reflowerindexpr").is_empty();
    indexes.extend(many(node, "reflowerindexpr"));
    let Some(container) = node.node("refexpr") else { return other(node) };
    Expr::Subscript {
        type_oid: node.number("refrestype"),
        container: Box::new(read(container)),
        indexes,
        slice,
        assigned: node.node("refassgnexpr").map(|it| Box::new(read(it))),
    }
}

fn function(node: &Node<'_>) -> Expr {
    Expr::Function {
        oid: node.number("funcid"),
        type_oid: node.number("funcresulttype"),
        args: many(node, "args"),
        returns_set: node.flag("funcretset"),
        variadic: node.flag("funcvariadic"),
    }
}

fn bool_expr(node: &Node<'_>) -> Expr {
    let op = match node.word("boolop") {
        Some("and") => BoolOp::And,
        Some("or") => BoolOp::Or,
        Some("not") => BoolOp::Not,
        _ => return other(node),
    };
    Expr::Bool { op, args: many(node, "args") }
}

fn sub_link(node: &Node<'_>) -> Expr {
    let Some(query) = node.node("subselect") else { return other(node) };
    let kind = match node.number::<u32>("subLinkType") {
        0 => SubLinkKind::Exists,
        1 => SubLinkKind::All,
        2 => SubLinkKind::Any,
        3 => SubLinkKind::RowCompare,
        4 => SubLinkKind::Scalar,
        5 => SubLinkKind::MultiAssign,
        6 => SubLinkKind::Array,
        _ => SubLinkKind::Unknown,
    };
    let test = node.node("testexpr").map(|it| Box::new(read(it)));
    Expr::SubLink { kind, test, query: Box::new(Query::of(query)) }
}

fn case(node: &Node<'_>) -> Expr {
    let arm = |when: &Node<'_>| Some((read(when.node("expr")?), read(when.node("result")?)));
    Expr::Case {
        type_oid: node.number("casetype"),
        of: node.node("arg").map(|it| Box::new(read(it))),
        arms: node.nodes("args").filter_map(arm).collect(),
        otherwise: node.node("defresult").map(|it| Box::new(read(it))),
    }
}

fn bool_test(node: &Node<'_>) -> BoolTest {
    match node.number::<u32>("booltesttype") {
        0 => BoolTest::True,
        1 => BoolTest::NotTrue,
        2 => BoolTest::False,
        3 => BoolTest::NotFalse,
        4 => BoolTest::Unknown,
        _ => BoolTest::NotUnknown,
    }
}

fn json(node: &Node<'_>) -> Expr {
    let returning = node.node("returning");
    Expr::Json {
        kind: node.number("type"),
        type_oid: returning.map_or(0, |returning| returning.number("typid")),
        args: many(node, "args"),
        call: node.node("func").map(|it| Box::new(read(it))),
    }
}

/// Everything inside that is an expression, so that parameters are seen wherever they stand.
fn other(node: &Node<'_>) -> Expr {
    let mut children = Vec::new();
    for (_, value) in &node.fields {
        gather(value, &mut children);
    }
    Expr::Other { label: node.label.to_owned(), children }
}

fn gather(value: &Value<'_>, into: &mut Vec<Expr>) {
    match value {
        Value::Node(node) if node.label == "QUERY" => into.push(Expr::SubLink {
            kind: SubLinkKind::Unknown,
            test: None,
            query: Box::new(Query::of(node)),
        }),
        Value::Node(node) => into.push(read(node)),
        Value::List(values) => values.iter().for_each(|value| gather(value, into)),
        _ => {}
    }
}

pub(super) fn many(node: &Node<'_>, name: &str) -> Vec<Expr> {
    node.list(name).iter().filter_map(Expr::of_value).collect()
}
