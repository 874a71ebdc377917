//! Where parameters stand, and whether NULL means something there.

use std::collections::HashMap;

use super::super::origin::origin;
use super::super::scope::Context;
use super::super::tree::{
    BoolOp, Command, Expr, FromItem, Query, RangeTableEntry, RteKind, SubLinkKind, Target, Var,
};
use super::Seen;
use super::bare::{bare, is_conversion};
use super::demand::{Changed, refusing};
use super::limit::limits;
use super::place::{Outputs, Place, STORED, computed};
use crate::catalog::{Catalog, Oid};

/// Looks at every place of a statement.
pub fn usages(context: &Context<'_>, query: &Query, seen: &mut Seen) {
    let output = match query.command {
        Command::Select => Place::Output,
        _ => STORED,
    };
    let mut usage = Usage { catalog: context.catalog, seen, columns: HashMap::new() };
    usage.query(query, &Outputs::All(output));
}

struct Usage<'a> {
    catalog: &'a Catalog,
    seen: &'a mut Seen,
    /// Where the columns of each table of the query at hand are used, and of those around it.
    columns: HashMap<(usize, usize), HashMap<i32, Place>>,
}

impl Usage<'_> {
    fn query(&mut self, query: &Query, outputs: &Outputs) {
        self.from(query, &query.from);
        for target in &query.targets {
            let place = self.target_place(query, target, outputs);
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
        limits(query, self.seen);
        self.tables(query, outputs);
        for common in &query.common_tables {
            let outputs = match common.query.command {
                Command::Select => self.outputs_of_common(query, &common.name),
                _ => Outputs::All(STORED),
            };
            self.query(&common.query, &outputs);
        }
    }

    /// The uses of a WITH query, when all of them stand in the query that has it.
    fn outputs_of_common(&self, query: &Query, name: &str) -> Outputs {
        let is_it = |table: &RangeTableEntry, depth: usize| {
            matches!(&table.kind, RteKind::CommonTable { name: other, levels_up, .. }
                if other == name && *levels_up == depth)
        };
        let mut inner = false;
        query.visit_queries(0, &mut |other, depth| {
            inner |= depth > 0 && other.tables.iter().any(|table| is_it(table, depth));
        });
        if inner || query.set_operation.is_some() {
            return Outputs::All(Place::Output);
        }
        let mut places = HashMap::new();
        for (at, table) in query.tables.iter().enumerate() {
            if is_it(table, 0) {
                for (column, place) in self.places_of(query, at + 1) {
                    let known = places.entry(column).or_insert(place);
                    *known = place.max(*known);
                }
            }
        }
        Outputs::Each(places)
    }

    fn places_of(&self, query: &Query, table: usize) -> HashMap<i32, Place> {
        self.columns.get(&(address(query), table)).cloned().unwrap_or_default()
    }

    fn target_place(&mut self, query: &Query, target: &Target, outputs: &Outputs) -> Place {
        match query.command {
            Command::Select if target.junk => Place::Condition,
            Command::Select => outputs.of(target.number),
            command @ (Command::Insert | Command::Update) => self.assigned(query, command, target),
            _ => Place::Condition,
        }
    }

    /// Notes the column that a parameter is assigned to.
    fn assigned(&mut self, query: &Query, command: Command, target: &Target) -> Place {
        let Some(changed) = Changed::by(query, command) else { return STORED };
        if let Ok(column) = i32::try_from(target.number) {
            self.note_origin(query, &target.expr, (changed.table, column));
        }
        match refusing(self.catalog, changed, target.number) {
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
        let conflict =
            query.on_conflict.iter().map(|it| (query.command, &it.targets, &it.condition));
        let actions = query.merge_actions.iter().map(|it| (it.command, &it.targets, &it.condition));
        for (command, targets, condition) in conflict.chain(actions) {
            for target in targets {
                let place = self.assigned(query, command, target);
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

    fn tables(&mut self, query: &Query, outputs: &Outputs) {
        for (at, table) in query.tables.iter().enumerate() {
            let places = self.places_of(query, at + 1);
            for condition in &table.security {
                self.expr(query, condition, Place::Condition);
            }
            match &table.kind {
                // The sides of a set operation give what the whole gives.
                RteKind::Subquery(inner) if query.set_operation.is_some() => {
                    self.query(inner, outputs);
                }
                RteKind::Subquery(inner) => self.query(inner, &Outputs::Each(places)),
                RteKind::Values(rows) => {
                    let outputs = Outputs::Each(places);
                    for (column, expr) in rows.iter().flat_map(|row| row.iter().enumerate()) {
                        self.expr(query, expr, outputs.of(column + 1));
                    }
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
            Expr::Var(var) => self.variable(query, var, place),
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
                self.query(inner, &Outputs::All(self.output_of(*kind, place)));
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
            Expr::Distinct { args, .. } => {
                self.compared(query, args);
                self.all(query, args, sensitive("IS DISTINCT FROM tells NULL apart"));
            }
            other => match other.argument() {
                named if !std::ptr::eq(named, other) => self.expr(query, named, place),
                _ => self.told_apart(query, other),
            },
        }
    }

    /// What gives something else for NULL than NULL.
    fn told_apart(&mut self, query: &Query, expr: &Expr) {
        let reason = match expr {
            Expr::NullTest { .. } => "it is compared with NULL",
            Expr::BoolTest { .. } => "a test of truth tells NULL apart",
            Expr::Coalesce { .. } => "COALESCE replaces NULL",
            Expr::MinMax { .. } => "GREATEST and LEAST skip NULL",
            Expr::NullIf { .. } | Expr::Case { .. } => "CASE or NULLIF takes NULL",
            Expr::Array { .. } | Expr::Row { .. } | Expr::Store { .. } | Expr::Json { .. } => {
                "NULL becomes a part of the value"
            }
            _ => "nothing is known about its place",
        };
        self.all(query, expr.children(), Place::Sensitive(reason));
    }

    /// Notes where a column of a subquery is used.
    fn variable(&mut self, query: &Query, var: &Var, place: Place) {
        if var.levels_up > 0 {
            return;
        }
        let places = self.columns.entry((address(query), var.relation)).or_default();
        let known = places.entry(var.attribute).or_insert(place);
        *known = place.max(*known);
        let index = usize::try_from(var.attribute).ok().and_then(|it| it.checked_sub(1));
        let alias = match (query.table(var.relation).map(|table| &table.kind), index) {
            (Some(RteKind::Join { columns, .. }), Some(index)) => {
                columns.get(index).and_then(Option::as_ref)
            }
            (Some(RteKind::Group(exprs)), Some(index)) => exprs.get(index),
            _ => None,
        };
        if let Some(alias) = alias {
            self.expr(query, alias, place);
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
            // No rows for NULL.
            _ if known.is_some_and(|it| it.returns_set && it.strict) => {
                self.all(query, args, Place::Condition);
            }
            "jsonb_to_recordset" | "json_to_recordset" => self.all(query, args, Place::Condition),
            // NULL raises.
            "set_config" | "pg_notify" => {
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
            && let Some(origin) = origin(&[query], var)
        {
            self.seen.origins.entry(*number).or_insert(origin);
        }
    }
}

fn address(query: &Query) -> usize {
    std::ptr::from_ref(query).addr()
}
