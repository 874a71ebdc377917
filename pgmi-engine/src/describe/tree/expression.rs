//! Expressions, the same for every major.

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
        /// What it compares or folds text by; 0 for what has no text.
        collation: Oid,
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
        collation: Oid,
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
    /// A change of type that leaves the bits alone, or COLLATE.
    Relabel {
        type_oid: Oid,
        of: Box<Expr>,
        /// Of `COLLATE`; 0 where only the type changes.
        collation: Oid,
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

    /// A text written as such.
    pub fn text_constant(&self) -> Option<&str> {
        const TEXT: Oid = 25;
        // Behind the length.
        match self {
            Self::Const { type_oid: TEXT, value: Some(bytes) } => {
                std::str::from_utf8(bytes.get(4..)?).ok()
            }
            _ => None,
        }
    }

    /// What is given for an argument, by its place or by its name (`days => 1`).
    pub fn argument(&self) -> &Self {
        match self {
            Self::Other { label, children } if label == "NAMEDARGEXPR" => {
                children.first().unwrap_or(self)
            }
            _ => self,
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
}
