//! Where parameters stand, and whether NULL means something there.

use super::super::scope::{Context, Scope};
use super::super::tree::{BoolOp, Command, Expr, FromItem, Query, RteKind, SubLinkKind, Target, Var};
use super::Seen;
use super::demand::refusing;
use crate::catalog::{Catalog, Oid};

/// What becomes of NULL in a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// A condition, a limit: NULL matches nothing.
    Condition,
    /// A result: NULL itself is returned, but a computation with NULL tells nothing.
    Output,
    /// NULL is told apart from other values, for this reason.
    Sensitive(&'static str),
}

/// Looks at every place of a statement.
pub fn usages(context: &Context<'_>, query: &Query, seen: &mut Seen) {
    let output = match query.command {
        Command::Select => Place::Output,
        _ => STORED,
    };
    Usage { catalog: context.catalog, seen }.query(query, output);
}

const STORED: Place = Place::Sensitive("NULL can be stored");

struct Usage<'a> {
    catalog: &'a Catalog,
    seen: &'a mut Seen,
}

impl Usage<'_> {
    fn query(&mut self, query: &Query, output: Place) {
        self.from(query, &query.from);
        for target in &query.targets {
            let place = self.target_place(query, target, output);
            self.expr(query, &target.expr, place);
        }
        for target in &query.returning {
            self.expr(query, &target.expr, Place::Output);
        }
        self.changes(query);
        let conditions = query.having.iter().chain(&query.limit).chain(&query.offset);
        for expr in conditions.chain(query.windows.iter().flat_map(|window| &window.exprs)) {
            self.expr(query, expr, Place::Condition);
        }
        self.tables(query, output);
        for common in &query.common_tables {
            let output = if common.query.command == Command::Select { output } else { STORED };
            self.query(&common.query, output);
        }
    }

    fn target_place(&mut self, query: &Query, target: &Target, output: Place) -> Place {
        match query.command {
            Command::Select if target.junk => Place::Condition,
            Command::Select => output,
            Command::Insert | Command::Update => self.assigned(query, target),
            _ => Place::Condition,
        }
    }

    /// Notes the column that a parameter is assigned to.
    fn assigned(&mut self, query: &Query, target: &Target) -> Place {
        let Some(RteKind::Relation { oid, .. }) =
            query.table(query.result_relation).map(|table| &table.kind)
        else {
            return STORED;
        };
        if let Ok(column) = i32::try_from(target.number) {
            self.note_origin(query, &target.expr, (*oid, column));
        }
        let context = Context::new(self.catalog);
        let scope = Scope::new(&context, query, None);
        match refusing(&scope, *oid, target.number) {
            Some(_) => Place::Condition,
            None => STORED,
        }
    }

    fn note_origin(&mut self, query: &Query, expr: &Expr, origin: (Oid, i32)) {
        match bare(expr) {
            Expr::Param { number, .. } => {
                self.seen.origins.entry(*number).or_insert(origin);
            }
            Expr::Var(var) if var.levels_up == 0 => {
                let index = usize::try_from(var.attribute).unwrap_or_default().wrapping_sub(1);
                match query.table(var.relation).map(|table| &table.kind) {
                    Some(RteKind::Values(rows)) => {
                        for expr in rows.iter().filter_map(|row| row.get(index)) {
                            self.note_origin(query, expr, origin);
                        }
                    }
                    Some(RteKind::Subquery(query)) => {
                        if let Some(target) = query.visible().nth(index) {
                            self.note_origin(query, &target.expr, origin);
                        }
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }

    fn changes(&mut self, query: &Query) {
        let conflict = query.on_conflict.iter().map(|it| (&it.targets, &it.condition));
        let actions = query.merge_actions.iter().map(|it| (&it.targets, &it.condition));
        for (targets, condition) in conflict.chain(actions) {
            for target in targets {
                let place = self.assigned(query, target);
                self.expr(query, &target.expr, place);
            }
            if let Some(condition) = condition {
                self.expr(query, condition, Place::Condition);
            }
        }
        if let Some(condition) = &query.merge_condition {
            self.expr(query, condition, Place::Condition);
        }
    }

    fn from(&mut self, query: &Query, item: &FromItem) {
        let condition = match item {
            FromItem::Table(_) => return,
            FromItem::Join(join) => {
                self.from(query, &join.left);
                self.from(query, &join.right);
                &join.condition
            }
            FromItem::List { items, condition } => {
                items.iter().for_each(|item| self.from(query, item));
                condition
            }
        };
        if let Some(condition) = condition {
            self.expr(query, condition, Place::Condition);
        }
    }

    fn tables(&mut self, query: &Query, output: Place) {
        for table in &query.tables {
            for condition in &table.security {
                self.expr(query, condition, Place::Condition);
            }
            match &table.kind {
                RteKind::Subquery(inner) => self.query(inner, output),
                RteKind::Values(rows) => {
                    rows.iter().flatten().for_each(|expr| self.expr(query, expr, output));
                }
                RteKind::Functions { functions, .. } => {
                    functions.iter().for_each(|it| self.expr(query, &it.call, Place::Output));
                }
                RteKind::Other(exprs) => {
                    let place = Place::Sensitive("the function may take NULL");
                    exprs.iter().for_each(|expr| self.expr(query, expr, place));
                }
                _ => {}
            }
        }
    }

    fn all<'e>(&mut self, query: &Query, exprs: impl IntoIterator<Item = &'e Expr>, place: Place) {
        exprs.into_iter().for_each(|expr| self.expr(query, expr, place));
    }

    fn expr(&mut self, query: &Query, expr: &Expr, place: Place) {
        let sensitive = Place::Sensitive;
        match expr {
            Expr::Param { number, .. } => self.parameter(*number, place),
            Expr::Operator { function, args, .. } => {
                self.compared(query, args);
                let place = self.within(*function, place);
                self.all(query, args, place);
            }
            Expr::Function { oid, args, .. } => self.call(query, *oid, args, place),
            Expr::ScalarArray { args, .. } => self.scalar_array(query, args, place),
            Expr::Bool { op: BoolOp::And | BoolOp::Or | BoolOp::Not, args } => {
                self.all(query, args, computed(place));
            }
            Expr::NullTest { .. } => {
                self.all(query, expr.children(), sensitive("it is compared with NULL"));
            }
            Expr::Distinct { args, .. } => {
                self.compared(query, args);
                self.all(query, args, sensitive("IS DISTINCT FROM tells NULL apart"));
            }
            Expr::BoolTest { .. } => {
                self.all(query, expr.children(), sensitive("a test of truth tells NULL apart"));
            }
            Expr::Coalesce { .. } => {
                self.all(query, expr.children(), sensitive("COALESCE replaces NULL"));
            }
            Expr::MinMax { .. } => {
                self.all(query, expr.children(), sensitive("GREATEST and LEAST skip NULL"));
            }
            Expr::NullIf { .. } | Expr::Case { .. } => {
                self.all(query, expr.children(), sensitive("CASE or NULLIF takes NULL"));
            }
            Expr::Array { .. } | Expr::Row { .. } | Expr::Store { .. } | Expr::Json { .. } => {
                self.all(query, expr.children(), sensitive("NULL becomes a part of the value"));
            }
            Expr::Aggregate(call) => {
                self.all(query, &call.args, sensitive("the aggregate may see NULL"));
                self.all(query, &call.direct, Place::Condition);
                self.all(query, &call.filter, Place::Condition);
            }
            Expr::Window(call) => {
                self.all(query, &call.args, sensitive("the window function may see NULL"));
                self.all(query, &call.filter, Place::Condition);
            }
            Expr::SubLink { kind, test, query: inner } => {
                self.all(query, test.as_deref(), place);
                self.query(inner, self.output_of(*kind, place));
            }
            Expr::Subscript { container, indexes, assigned, .. } => {
                self.all(query, std::iter::once(&**container).chain(indexes), computed(place));
                self.all(query, assigned.as_deref(), sensitive("NULL becomes a part of the value"));
            }
            Expr::Relabel { of, .. }
            | Expr::Convert { of, .. }
            | Expr::ToDomain { of, .. }
            | Expr::Field { of, .. } => self.expr(query, of, place),
            Expr::RowCompare { left, right, .. } => {
                self.compared_rows(query, left, right);
                self.all(query, left.iter().chain(right), computed(place));
            }
            Expr::Other { children, .. } => {
                self.all(query, children, sensitive("nothing is known about its place"));
            }
            _ => {}
        }
    }

    fn parameter(&mut self, number: usize, place: Place) {
        self.seen.elements_meant.insert(number);
        match place {
            Place::Condition => {}
            Place::Output => {
                self.seen.meant.entry(number).or_insert("it is returned as it is");
            }
            Place::Sensitive(reason) => {
                self.seen.meant.entry(number).or_insert(reason);
            }
        }
    }

    fn call(&mut self, query: &Query, function: Oid, args: &[Expr], place: Place) {
        let known = self.catalog.function(function);
        let name = known.map(|it| it.name.as_str()).unwrap_or_default();
        match name {
            // NULL raises.
            "set_config" => {
                self.all(query, args.iter().take(1), Place::Condition);
                self.all(query, args.iter().skip(1), self.within(function, place));
            }
            // A conversion, such as of `$1` to the length of a column, is no computation.
            _ if known.is_some_and(|it| it.strict) && is_conversion(name, args) => {
                self.all(query, args, place);
            }
            _ => self.all(query, args, self.within(function, place)),
        }
    }

    /// The place of an argument of a function.
    fn within(&self, function: Oid, place: Place) -> Place {
        match self.catalog.function(function) {
            Some(function) if function.strict => computed(place),
            _ => Place::Sensitive("a function that is not strict takes NULL"),
        }
    }

    fn scalar_array(&mut self, query: &Query, args: &[Expr], place: Place) {
        let [left, array] = args else { return };
        self.expr(query, left, computed(place));
        match bare(array) {
            Expr::Array { elements, .. } => {
                for element in elements {
                    self.compared_with(query, left, element);
                    self.expr(query, element, computed(place));
                }
            }
            Expr::Param { number, .. } => {
                self.compared_with(query, left, array);
                let meant = self.seen.elements_meant.contains(number);
                self.parameter(*number, computed(place));
                if !meant && place == Place::Condition {
                    self.seen.elements_meant.remove(number);
                }
            }
            array => self.expr(query, array, computed(place)),
        }
    }

    fn output_of(&self, kind: SubLinkKind, place: Place) -> Place {
        match kind {
            SubLinkKind::Exists | SubLinkKind::Any | SubLinkKind::All => Place::Condition,
            SubLinkKind::MultiAssign => STORED,
            SubLinkKind::Unknown => Place::Sensitive("nothing is known about its place"),
            _ => place,
        }
    }

    fn compared_rows(&mut self, query: &Query, left: &[Expr], right: &[Expr]) {
        for (left, right) in left.iter().zip(right) {
            self.compared_with(query, left, right);
            self.compared_with(query, right, left);
        }
    }

    fn compared(&mut self, query: &Query, args: &[Expr]) {
        if let [left, right] = args {
            self.compared_with(query, left, right);
            self.compared_with(query, right, left);
        }
    }

    fn compared_with(&mut self, query: &Query, column: &Expr, other: &Expr) {
        if let (Expr::Var(var), Expr::Param { number, .. }) = (bare(column), bare(other))
            && let Some(origin) = origin(query, var)
        {
            self.seen.origins.entry(*number).or_insert(origin);
        }
    }
}

/// The column of a table that a variable stands for.
fn origin(query: &Query, var: &Var) -> Option<(Oid, i32)> {
    if var.levels_up > 0 || var.attribute <= 0 {
        return None;
    }
    match &query.table(var.relation)?.kind {
        RteKind::Relation { oid, .. } => Some((*oid, var.attribute)),
        RteKind::Subquery(query) => {
            let index = usize::try_from(var.attribute).ok()?.checked_sub(1)?;
            let origin = query.visible().nth(index)?.origin;
            (origin.0 != 0).then_some(origin)
        }
        _ => None,
    }
}

/// A computation with NULL gives NULL: in a result that says nothing, where NULL is told apart it does.
fn computed(place: Place) -> Place {
    match place {
        Place::Output => Place::Condition,
        other => other,
    }
}

/// The expression under changes of type.
fn bare(expr: &Expr) -> &Expr {
    match expr {
        Expr::Relabel { of, .. } | Expr::Convert { of, .. } | Expr::ToDomain { of, .. } => bare(of),
        Expr::Function { args, .. } => match &args[..] {
            [of, rest @ ..] if !rest.is_empty() && rest.iter().all(is_constant) => bare(of),
            _ => expr,
        },
        other => other,
    }
}

fn is_constant(expr: &Expr) -> bool {
    matches!(expr, Expr::Const { .. })
}

/// Casts are functions named like types; those of a length have the length as further arguments.
fn is_conversion(name: &str, args: &[Expr]) -> bool {
    const NAMES: &[&str] = &[
        "int2", "int4", "int8", "float4", "float8", "numeric", "text", "varchar", "bpchar", "name",
        "date", "time", "timetz", "timestamp", "timestamptz", "interval", "bit", "varbit", "money",
        "bool", "char", "cidr", "inet", "bytea",
    ];
    NAMES.contains(&name) && args.iter().skip(1).all(is_constant)
}
