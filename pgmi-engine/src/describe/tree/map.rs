//! Changing everything inside an expression or a query.

use super::expression::Expr;
use super::from::{FromItem, RteKind};
use super::query::{Query, Target};

impl Expr {
    /// As [`Expr::children`].
    fn children_mut(&mut self) -> Vec<&mut Expr> {
        match self {
            Self::Aggregate(call) => {
                call.direct.iter_mut().chain(&mut call.args).chain(&mut call.filter).collect()
            }
            Self::Window(call) => call.args.iter_mut().chain(&mut call.filter).collect(),
            Self::Subscript { container, indexes, assigned, .. } => {
                let around = std::iter::once(&mut **container).chain(assigned.as_deref_mut());
                around.chain(indexes).collect()
            }
            Self::Function { args, .. }
            | Self::Operator { args, .. }
            | Self::Distinct { args, .. }
            | Self::NullIf { args, .. }
            | Self::ScalarArray { args, .. }
            | Self::Bool { args, .. }
            | Self::Row { args, .. }
            | Self::Coalesce { args, .. }
            | Self::MinMax { args, .. }
            | Self::Array { elements: args, .. }
            | Self::Other { children: args, .. } => args.iter_mut().collect(),
            Self::Json { args, call, .. } => args.iter_mut().chain(call.as_deref_mut()).collect(),
            Self::SubLink { test, .. } => test.as_deref_mut().into_iter().collect(),
            Self::Field { of, .. }
            | Self::Relabel { of, .. }
            | Self::Convert { of, .. }
            | Self::ToDomain { of, .. }
            | Self::NullTest { of, .. }
            | Self::BoolTest { of, .. } => vec![of],
            Self::Store { of, values, .. } => std::iter::once(&mut **of).chain(values).collect(),
            Self::Case { of, arms, otherwise, .. } => of
                .as_deref_mut()
                .into_iter()
                .chain(arms.iter_mut().flat_map(|(condition, result)| [condition, result]))
                .chain(otherwise.as_deref_mut())
                .collect(),
            Self::RowCompare { left, right, .. } => left.iter_mut().chain(right).collect(),
            Self::Var(_)
            | Self::Const { .. }
            | Self::Param { .. }
            | Self::SubLinkColumn { .. }
            | Self::Grouping
            | Self::DomainValue
            | Self::CaseValue { .. }
            | Self::SqlValue { .. }
            | Self::NextValue { .. } => Vec::new(),
        }
    }

    /// Changes this expression and all inside it, subqueries too, from the inside out; `depth` counts the
    /// queries entered.
    pub fn change(&mut self, depth: usize, with: &mut impl FnMut(&mut Expr, usize)) {
        for child in self.children_mut() {
            child.change(depth, with);
        }
        if let Self::SubLink { query, .. } = self {
            query.change(depth + 1, with);
        }
        with(self, depth);
    }
}

impl Query {
    /// Changes every expression of this query and of all inside it, from the inside out.
    pub fn change(&mut self, depth: usize, with: &mut impl FnMut(&mut Expr, usize)) {
        change_from(&mut self.from, depth, with);
        change_targets(&mut self.targets, depth, with);
        change_targets(&mut self.returning, depth, with);
        if let Some(conflict) = &mut self.on_conflict {
            change_targets(&mut conflict.targets, depth, with);
            conflict.condition.iter_mut().for_each(|it| it.change(depth, with));
        }
        for action in &mut self.merge_actions {
            change_targets(&mut action.targets, depth, with);
            action.condition.iter_mut().for_each(|it| it.change(depth, with));
        }
        let windows = self.windows.iter_mut().flat_map(|window| &mut window.exprs);
        let single = self.merge_condition.iter_mut().chain(&mut self.having);
        let ends = self.offset.iter_mut().chain(&mut self.limit);
        single.chain(windows).chain(ends).for_each(|it| it.change(depth, with));
        for table in &mut self.tables {
            table.security.iter_mut().for_each(|it| it.change(depth, with));
            change_table(&mut table.kind, depth, with);
        }
        for table in &mut self.common_tables {
            table.query.change(depth + 1, with);
        }
    }
}

fn change_table(kind: &mut RteKind, depth: usize, with: &mut impl FnMut(&mut Expr, usize)) {
    match kind {
        RteKind::Functions { functions, .. } => {
            functions.iter_mut().for_each(|function| function.call.change(depth, with));
        }
        RteKind::Values(rows) => {
            rows.iter_mut().flatten().for_each(|it| it.change(depth, with));
        }
        RteKind::Other(exprs) | RteKind::Group(exprs) => {
            exprs.iter_mut().for_each(|it| it.change(depth, with));
        }
        RteKind::Join { columns, .. } => {
            columns.iter_mut().flatten().for_each(|it| it.change(depth, with));
        }
        RteKind::Subquery(query) => query.change(depth + 1, with),
        RteKind::Relation { .. } | RteKind::CommonTable { .. } | RteKind::Empty => {}
    }
}

fn change_targets(targets: &mut [Target], depth: usize, with: &mut impl FnMut(&mut Expr, usize)) {
    targets.iter_mut().for_each(|target| target.expr.change(depth, with));
}

fn change_from(item: &mut FromItem, depth: usize, with: &mut impl FnMut(&mut Expr, usize)) {
    match item {
        FromItem::Table(_) => {}
        FromItem::Join(join) => {
            change_from(&mut join.left, depth, with);
            change_from(&mut join.right, depth, with);
            join.condition.iter_mut().for_each(|it| it.change(depth, with));
        }
        FromItem::List { items, condition } => {
            items.iter_mut().for_each(|item| change_from(item, depth, with));
            condition.iter_mut().for_each(|it| it.change(depth, with));
        }
    }
}
