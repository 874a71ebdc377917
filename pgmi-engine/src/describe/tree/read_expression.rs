//! From generic nodes to expressions.

use super::expression::{
    Aggregate, BoolOp, BoolTest, Expr, SubLinkKind, Var, VarReturning, WindowCall,
};
use super::node::{Node, Value};
use super::query::Query;

impl Expr {
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
            collation: node.number("inputcollid"),
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
        "RELABELTYPE" => Expr::Relabel { type_oid, of, collation: 0 },
        "COLLATEEXPR" | "COLLATE" => Expr::Relabel {
            type_oid: of.type_oid().unwrap_or_default(),
            of,
            collation: node.number("collOid"),
        },
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
        collation: node.number("inputcollid"),
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
