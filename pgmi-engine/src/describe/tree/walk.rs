//! Going through everything inside an expression or a query.

use super::expression::Expr;
use super::from::{FromItem, RteKind};
use super::query::Query;

impl Expr {
    /// The expressions directly inside; of a subquery only its test.
    pub fn children(&self) -> Vec<&Expr> {
        match self {
            Self::Aggregate(call) => {
                call.direct.iter().chain(&call.args).chain(&call.filter).collect()
            }
            Self::Window(call) => call.args.iter().chain(&call.filter).collect(),
            Self::Subscript { container, indexes, assigned, .. } => {
                let around = std::iter::once(&**container).chain(assigned.as_deref());
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
            | Self::Other { children: args, .. } => args.iter().collect(),
            Self::Json { args, call, .. } => args.iter().chain(call.as_deref()).collect(),
            Self::SubLink { test, .. } => test.as_deref().into_iter().collect(),
            Self::Field { of, .. }
            | Self::Relabel { of, .. }
            | Self::Convert { of, .. }
            | Self::ToDomain { of, .. }
            | Self::NullTest { of, .. }
            | Self::BoolTest { of, .. } => vec![of],
            Self::Store { of, values, .. } => std::iter::once(&**of).chain(values).collect(),
            Self::Case { of, arms, otherwise, .. } => of
                .as_deref()
                .into_iter()
                .chain(arms.iter().flat_map(|(condition, result)| [condition, result]))
                .chain(otherwise.as_deref())
                .collect(),
            Self::RowCompare { left, right, .. } => left.iter().chain(right).collect(),
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

    /// Visits this expression and all inside it, subqueries too; `depth` counts the queries entered.
    pub fn visit<'a>(&'a self, depth: usize, see: &mut impl FnMut(&'a Expr, usize)) {
        see(self, depth);
        for child in self.children() {
            child.visit(depth, see);
        }
        if let Self::SubLink { query, .. } = self {
            query.visit(depth + 1, see);
        }
    }

    fn visit_queries<'a>(&'a self, depth: usize, see: &mut impl FnMut(&'a Query, usize)) {
        for child in self.children() {
            child.visit_queries(depth, see);
        }
        if let Self::SubLink { query, .. } = self {
            query.visit_queries(depth + 1, see);
        }
    }

    /// Whether any expression inside, subqueries included, is like that.
    pub fn contains(&self, wanted: impl Fn(&Expr) -> bool) -> bool {
        let mut found = false;
        self.visit(0, &mut |expr, _| found |= wanted(expr));
        found
    }
}

impl Query {
    /// The expressions of this query itself, not those of subqueries in FROM and WITH.
    pub fn own_exprs(&self) -> Vec<&Expr> {
        let mut all = Vec::new();
        from_exprs(&self.from, &mut all);
        all.extend(self.exprs_outside_from());
        all
    }

    /// Those of them that are no conditions of FROM and WHERE.
    pub fn exprs_outside_from(&self) -> Vec<&Expr> {
        let mut all = Vec::new();
        all.extend(self.targets.iter().chain(&self.returning).map(|target| &target.expr));
        if let Some(conflict) = &self.on_conflict {
            all.extend(conflict.targets.iter().map(|target| &target.expr));
            all.extend(&conflict.condition);
        }
        for action in &self.merge_actions {
            all.extend(action.targets.iter().map(|target| &target.expr));
            all.extend(&action.condition);
        }
        all.extend(&self.merge_condition);
        all.extend(&self.having);
        all.extend(self.windows.iter().flat_map(|window| &window.exprs));
        all.extend(self.offset.iter().chain(&self.limit));
        for table in &self.tables {
            all.extend(&table.security);
            match &table.kind {
                RteKind::Functions { functions, .. } => {
                    all.extend(functions.iter().map(|function| &function.call));
                }
                RteKind::Values(rows) => all.extend(rows.iter().flatten()),
                RteKind::Other(exprs) => all.extend(exprs),
                _ => {}
            }
        }
        all
    }

    /// The queries directly inside: WITH and FROM.
    pub fn subqueries(&self) -> impl Iterator<Item = &Query> {
        let in_from = self.tables.iter().filter_map(|table| match &table.kind {
            RteKind::Subquery(query) => Some(&**query),
            _ => None,
        });
        self.common_tables.iter().map(|table| &table.query).chain(in_from)
    }

    /// Visits this query and all inside it, those in expressions too; `depth` counts the queries entered.
    pub fn visit_queries<'a>(&'a self, depth: usize, see: &mut impl FnMut(&'a Query, usize)) {
        see(self, depth);
        for expr in self.own_exprs() {
            expr.visit_queries(depth, see);
        }
        for query in self.subqueries() {
            query.visit_queries(depth + 1, see);
        }
    }

    /// Visits every expression of this query and of all inside it.
    pub fn visit<'a>(&'a self, depth: usize, see: &mut impl FnMut(&'a Expr, usize)) {
        for expr in self.own_exprs() {
            expr.visit(depth, see);
        }
        for query in self.subqueries() {
            query.visit(depth + 1, see);
        }
    }
}

fn from_exprs<'a>(item: &'a FromItem, all: &mut Vec<&'a Expr>) {
    match item {
        FromItem::Table(_) => {}
        FromItem::Join(join) => {
            from_exprs(&join.left, all);
            from_exprs(&join.right, all);
            all.extend(&join.condition);
        }
        FromItem::List { items, condition } => {
            items.iter().for_each(|item| from_exprs(item, all));
            all.extend(condition);
        }
    }
}
