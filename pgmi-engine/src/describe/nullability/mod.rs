//! Whether an expression can be NULL. Sound first: where nothing is known, it can.

mod aggregate;
mod case;
mod certain;
mod elements;
mod function;
mod grouping;
mod padded;
mod returning;
mod set_operation;
mod stored;
mod sub_link;
mod table;
mod variable;
mod window;

pub use aggregate::may_be_empty;
pub use certain::settled;
pub use elements::result_elements;
pub use function::{Behaviour, behaviour};
pub use padded::padded;
pub use set_operation::result;
pub use stored::{attribute_of, elements_of};

use super::scope::{Proof, Scope, Stage, not_null, nullable};
use super::tree::{BoolOp, Expr};
use crate::catalog::{Kind, Oid, is_built_in};
use crate::signature::Nullability;

impl<'a> Scope<'_, 'a> {
    /// Judges an expression of this query.
    pub fn judge(&self, expr: &'a Expr) -> Proof {
        if let Some(proof) = self.known(expr) {
            return proof;
        }
        if self.stage == Stage::Result
            && self.query.is_grouped()
            && let Some(proof) = self.judge_grouped(expr)
        {
            return proof;
        }
        self.judge_anew(expr)
    }

    pub fn never_null(&self, expr: &'a Expr) -> bool {
        self.judge(expr).value == Nullability::NotNull
    }

    /// A condition has said that it is not NULL.
    fn known(&self, expr: &'a Expr) -> Option<Proof> {
        let everywhere = || match self.stage {
            Stage::Result if self.query.is_grouped() => self.having.get(expr),
            Stage::Result if self.is_changed_column(expr) => None,
            _ => self.joins.facts.get(expr),
        };
        let reason = self.here.get(expr).or_else(everywhere)?;
        Some(not_null(match *reason {
            "where" => "WHERE keeps no row where it is NULL",
            "join" => "the join's condition keeps no row where it is NULL",
            "having" => "HAVING keeps no group where it is NULL",
            other => other,
        }))
    }

    fn judge_anew(&self, expr: &'a Expr) -> Proof {
        match expr {
            Expr::Var(var) => self.judge_variable(var),
            Expr::Const { value: Some(_), .. } => not_null("a constant"),
            Expr::Const { value: None, .. } => nullable("NULL is written here").certain(),
            Expr::Param { number, .. } => self.judge_parameter(*number),
            Expr::Aggregate(call) => self.judge_aggregate(call),
            Expr::Window(call) => self.judge_window(call),
            Expr::Function { .. } | Expr::Operator { .. } => self.judge_call(expr),
            Expr::ScalarArray { args, .. } => self.judge_scalar_array(args),
            Expr::Bool { op: BoolOp::And | BoolOp::Or | BoolOp::Not, args } => self.all(args),
            Expr::SubLink { kind, test, query } => {
                self.judge_sub_link(*kind, test.as_deref(), query)
            }
            Expr::Relabel { of, .. } | Expr::Convert { of, .. } => self.judge(of),
            Expr::ToDomain { type_oid, of } => match self.catalog().refuses_null(*type_oid) {
                true => not_null("the domain refuses NULL"),
                false => self.judge(of),
            },
            Expr::Case { of, arms, otherwise, .. } => {
                self.judge_case(of.as_deref(), arms, otherwise.as_deref())
            }
            Expr::Coalesce { args, .. } => {
                self.any(args, "COALESCE ends with something that is never NULL")
            }
            Expr::MinMax { args, .. } => self.any(args, "one of its arguments is never NULL"),
            Expr::Array { .. } => not_null("an array is built"),
            Expr::Subscript { assigned: Some(_), type_oid, .. } => self.judge_assigned(*type_oid),
            Expr::Row { .. } | Expr::Store { .. } => not_null("a row is built"),
            Expr::NullTest { .. } | Expr::BoolTest { .. } | Expr::Distinct { .. } => {
                not_null("the test is true or false")
            }
            Expr::Grouping => not_null("GROUPING counts"),
            Expr::NextValue { .. } => not_null("a sequence gives a number"),
            Expr::SqlValue { op, .. } => judge_sql_value(*op),
            Expr::Json { kind, call, .. } => self.judge_json(*kind, call.as_deref()),
            Expr::Subscript { container, indexes, slice: true, type_oid, .. }
                if self.is_array(*type_oid) =>
            {
                // Empty where nothing is there.
                let parts = std::iter::once(&**container).chain(indexes);
                self.all(parts)
            }
            Expr::Subscript { .. } => nullable("there may be no such element"),
            Expr::Field { .. } => nullable("fields of composite values can be NULL"),
            Expr::NullIf { .. } => nullable("NULLIF gives NULL where both are equal"),
            Expr::RowCompare { operators, left, right }
                if operators.iter().all(|it| is_built_in(*it)) =>
            {
                self.all(left.iter().chain(right))
            }
            Expr::RowCompare { .. } => nullable("a comparison of rows may meet NULL"),
            Expr::CaseValue { .. } | Expr::DomainValue | Expr::SubLinkColumn { .. } => {
                nullable("its value comes from elsewhere")
            }
            Expr::Other { label, children } => self.judge_other(label, children),
        }
    }

    fn judge_other(&self, label: &str, children: &'a [Expr]) -> Proof {
        match label {
            "MERGESUPPORTFUNC" => not_null("MERGE always says what it did"),
            "JSONISPREDICATE" => self.all(children.iter().take(1)),
            "NAMEDARGEXPR" => nullable("of arguments given by name it is not known"),
            _ => nullable(format!("{label} is not known to be non-NULL")),
        }
    }

    /// An array or `jsonb` with a part replaced. Of fixed length (`point`), NULL stays NULL.
    fn judge_assigned(&self, type_oid: Oid) -> Proof {
        const JSONB: Oid = 3802;
        match type_oid == JSONB || self.is_array(type_oid) {
            true => not_null("an array is built"),
            false => nullable("a part of NULL cannot be replaced"),
        }
    }

    fn is_array(&self, type_oid: Oid) -> bool {
        let kind = self.catalog().type_of(type_oid).map(|it| &it.kind);
        matches!(kind, Some(Kind::Array { .. }))
    }

    fn judge_parameter(&self, number: usize) -> Proof {
        match self.context.given.borrow().contains(&number) {
            true => not_null(format!("the parameter ${number} is never NULL")),
            false => nullable(format!("the parameter ${number} can be NULL")),
        }
    }

    fn judge_json(&self, kind: u32, call: Option<&'a Expr>) -> Proof {
        // `JsonConstructorType`: objects, arrays, and the aggregates that make them.
        match (kind, call) {
            (1 | 2, _) => not_null("a JSON value is built"),
            (3 | 4, Some(call @ Expr::Aggregate(_))) => self.judge(call),
            _ => nullable("this JSON constructor is not known to be non-NULL"),
        }
    }

    /// NULL as soon as one argument is.
    fn all(&self, args: impl IntoIterator<Item = &'a Expr>) -> Proof {
        let mut proofs = args.into_iter().map(|arg| self.judge(arg));
        let worst = proofs.find(|proof| proof.value == Nullability::Nullable);
        worst.map_or_else(|| not_null("nothing in it can be NULL"), uncertain)
    }

    /// NULL only where all arguments are.
    fn any(&self, args: &'a [Expr], reason: &str) -> Proof {
        if args.iter().any(|arg| self.never_null(arg)) {
            return not_null(reason);
        }
        let last = args.last().map(|arg| self.judge(arg));
        last.map_or_else(|| nullable("it has no arguments"), uncertain)
    }
}

/// What holds for a part need not be seen in the whole.
pub(super) fn uncertain(proof: Proof) -> Proof {
    Proof { certain: false, ..proof }
}

fn judge_sql_value(op: u32) -> Proof {
    // `SVFOP_CURRENT_SCHEMA`
    match op {
        14 => nullable("the search path may name no schema that exists"),
        _ => not_null("the session always has one"),
    }
}
