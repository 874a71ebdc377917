//! What no index helps with, and what to write instead.

use super::super::block::tables_of;
use super::classify::{Verdict, View};
use super::{Key, Refused, Use, UseKind};
use crate::catalog::Oid;
use crate::describe::tree::{Expr, SubLinkKind};

fn refused(reason: impl Into<String>, rewrite: impl Into<String>) -> Refused {
    Refused { reason: reason.into(), rewrite: Some(rewrite.into()) }
}

impl View<'_> {
    /// `$1 = any (tags)`
    pub fn inside(&self, key: &Key, any: bool) -> Refused {
        let column = self.shown(&key.expr);
        match any {
            true => refused(
                format!("no index can look into `{column}` for `= any ({column})`"),
                format!("write `{column} @> array[$1]`: a GIN index serves that"),
            ),
            false => {
                Refused { reason: format!("`all ({column})` has to see every row"), rewrite: None }
            }
        }
    }

    /// `a <> all (…)`, `a not in (…)`
    pub fn none_of(&self, key: &Key) -> Refused {
        let column = self.shown(&key.expr);
        Refused {
            reason: format!("what is not looked for in `{column}` is most of it"),
            rewrite: None,
        }
    }

    pub fn unindexable(&self, operator: Oid, key: &Key) -> Refused {
        let name = self.ground.catalog.operator(operator).map_or("", |it| &*it.name);
        let column = self.shown(&key.expr);
        match name {
            "<>" | "!~~" | "!~" | "!~~*" | "!~*" => Refused {
                reason: format!(
                    "`{column} {name} …` leaves most rows, so that an index would not help"
                ),
                rewrite: None,
            },
            "->" | "->>" | "#>" | "#>>" => {
                Refused { reason: format!("`{column} {name} …` is no comparison"), rewrite: None }
            }
            _ => Refused {
                reason: format!("no index that is installed knows `{column} {name} …`"),
                rewrite: None,
            },
        }
    }

    pub fn distinct(&self, expr: &Expr) -> Refused {
        let shown = self.shown(&self.over_one(expr));
        let reason = format!("`{shown}` leaves most rows, so that an index would not help");
        Refused { reason, rewrite: None }
    }

    /// `a is not distinct from $1`: the same as OR of what indexes know.
    pub fn not_distinct(&self, expr: &Expr, args: &[Expr]) -> Refused {
        let shown = self.shown(&self.over_one(expr));
        let reason = format!("no index knows IS NOT DISTINCT FROM (`{shown}`)");
        let rewrite = match args {
            [left, right] if !self.mentions(right) => self.equal_or_null(left, right),
            [left, right] if !self.mentions(left) => self.equal_or_null(right, left),
            _ => return Refused { reason, rewrite: None },
        };
        refused(reason, format!("write `{rewrite}`"))
    }

    fn equal_or_null(&self, key: &Expr, value: &Expr) -> String {
        let [column, other] = [key, value].map(|it| self.shown(&self.over_one(it)));
        let relation = self.ground.catalog.relation(self.relation);
        let has_nulls = match key.unlabelled() {
            Expr::Var(var) => {
                !relation.and_then(|it| it.column(var.attribute)).is_some_and(|it| it.not_null)
            }
            _ => true,
        };
        match has_nulls && !matches!(value.unlabelled(), Expr::Const { value: Some(_), .. }) {
            true => format!("({column} = {other} or ({column} is null and {other} is null))"),
            false => format!("{column} = {other}"),
        }
    }

    pub fn negation(&self, expr: &Expr) -> Refused {
        let shown = self.shown(&self.over_one(expr));
        let reason = format!("`{shown}` leaves most rows");
        let is_in =
            |it: &Expr| matches!(it, Expr::SubLink { kind: SubLinkKind::Any, test: Some(_), .. });
        match expr {
            Expr::Bool { args, .. } if args.iter().any(is_in) => refused(
                reason,
                "write NOT EXISTS, which can look each row up in the other table; NOT IN reads it whole, and finds \
                 nothing beside a NULL",
            ),
            _ => Refused { reason, rewrite: None },
        }
    }

    /// `a or b` where `b` needs the whole table.
    pub fn open_alternative(&self, either: &Expr, arm: &Expr, why: Option<Refused>) -> Refused {
        let is_elsewhere = tables_of(arm).iter().any(|it| *it != self.table);
        match why.and_then(|why| why.rewrite) {
            None if is_elsewhere => self.sides_of_several(either),
            rewrite => {
                let shown = self.shown(&self.over_one(arm));
                let reason = format!(
                    "one side of OR has no index to use (`{shown}`), so all rows are read anyway"
                );
                Refused { reason, rewrite }
            }
        }
    }

    /// `t.a = $1 or u.b = $2`: each of the two can find its rows by an index of its own. It is said in the same words
    /// whichever of the tables it is seen from.
    fn sides_of_several(&self, either: &Expr) -> Refused {
        // With the names of all tables.
        let shown = self.shown(either);
        refused(
            format!(
                "the sides of OR are about several tables (`{shown}`): no index of one finds the rows of another"
            ),
            "write a query for each side and put them together with UNION, which shows once what both find; select a key of \
             the rows, so that it takes no others for the same",
        )
    }

    /// `select distinct on (a) … order by a, b desc` of the whole table.
    pub fn first_of_each(&self, order: &[Key], uses: &[Use]) -> Option<Refused> {
        let first = order.first().filter(|_| self.block.of_each && !self.block.limited)?;
        if uses.iter().any(|it| it.is_given() && it.kind != UseKind::IsNotNull) {
            return None;
        }
        let group = self.shown(&first.expr);
        let part = |key: &Key| {
            format!("{}{}", self.shown(&key.expr), if key.descending { " desc" } else { "" })
        };
        let keys: Vec<String> = order.iter().map(part).collect();
        let keys = keys.join(", ");
        Some(refused(
            format!("DISTINCT ON reads every row to keep one of each `{group}`"),
            format!(
                "where a table has one row for each `{group}`, begin there and look up the first of each: `cross join lateral \
                 (select … where {group} = … order by … limit 1)`, which an index over ({keys}) serves"
            ),
        ))
    }

    /// `$1 is null or a = $1`, `a = coalesce($1, a)`: any row may match.
    pub fn optional(&self, expr: &Expr) -> Option<Refused> {
        let advice = "write one query for each combination of filters that is used";
        match expr {
            Expr::Bool { args, .. } => {
                let switch = args.iter().find(|arg| {
                    !self.mentions(arg)
                        && matches!(arg, Expr::NullTest { of, is_null: true, .. }
                            if of.contains(|it| matches!(it, Expr::Param { .. })))
                });
                switch?;
                Some(refused(
                    "an optional filter (`$n is null or …`) can match every row, so its plan must be able to \
                     read them all",
                    advice,
                ))
            }
            Expr::Operator { args, .. } => {
                let is_default = |arg: &Expr| match arg.unlabelled() {
                    Expr::Coalesce { args, .. } => {
                        args.iter().any(|it| it.contains(|it| matches!(it, Expr::Param { .. })))
                            && self.mentions(arg)
                    }
                    _ => false,
                };
                args.iter().any(is_default).then(|| {
                    refused(
                        "an optional filter (`coalesce($n, column)`) can match every row, so its plan must be \
                         able to read them all",
                        advice,
                    )
                })
            }
            _ => None,
        }
    }

    /// Columns and parameters are mixed on one side.
    pub fn mixed(&self, expr: &Expr) -> Refused {
        let shown = self.shown(&self.over_one(expr));
        refused(
            format!("in `{shown}` a column is mixed with values that change from call to call"),
            "move everything but the column to the other side of the comparison",
        )
    }

    /// Stable, not immutable.
    pub fn changing(&self, over: &Expr) -> Refused {
        let shown = self.shown(over);
        let name = |expr: &Expr| match expr {
            Expr::Function { oid, .. } => {
                self.ground.catalog.function(*oid).map(|it| it.name.clone())
            }
            _ => None,
        };
        let reason =
            format!("`{shown}` depends on settings of the session, so that no index can hold it");
        match name(over).as_deref() {
            Some("to_tsvector") => refused(
                reason,
                "name the configuration, `to_tsvector('english', …)`: then an index can hold it",
            ),
            Some("date_trunc" | "date" | "timestamp" | "extract" | "date_part") => refused(
                reason,
                "compare the column itself with the two ends of the range: `column >= $1 and column < $2`",
            ),
            _ => refused(reason, "compare the column itself, and convert the value that is given"),
        }
    }

    /// A cast that PostgreSQL put around a column of a narrower type: `id = $1::numeric`.
    pub fn hidden_by_cast(&self, key: &Key) -> Option<Refused> {
        let Expr::Function { type_oid, args, oid, .. } = &key.expr else { return None };
        let [Expr::Var(var)] = &args[..] else { return None };
        let function = self.ground.catalog.function(*oid)?;
        let is_cast =
            self.ground.catalog.type_of(*type_oid).is_some_and(|it| it.name == function.name);
        let is_number =
            matches!(var.type_oid, 20 | 21 | 23 | 1700) && matches!(type_oid, 700 | 701 | 1700);
        (is_cast && is_number).then(|| {
            let column = self.shown(&Expr::Var(*var));
            let own = self.ground.name(super::super::ground::NameKind::Type, var.type_oid).unwrap_or("its type");
            refused(
                format!("the value is of a wider type than `{column}`, so that the column is converted row by row"),
                format!("give a value of the column's type: `{column} = $1::{own}`"),
            )
        })
    }

    /// A call that is a condition by itself.
    pub fn called(&self, expr: &Expr) -> Verdict {
        if let Some(verdict) = self.starts_with(expr) {
            return verdict;
        }
        match expr {
            Expr::Coalesce { .. } | Expr::Case { .. } => Verdict::Refused(refused(
                "a condition inside CASE or COALESCE is checked row by row",
                "write it with AND and OR",
            )),
            Expr::Function { oid, args, .. } => {
                self.has_operator(expr, *oid, args).map_or(Verdict::Nothing, Verdict::Refused)
            }
            _ => Verdict::Nothing,
        }
    }

    /// `jsonb_path_exists(a, $1)`: an index knows the operator that does the same, and never the function.
    fn has_operator(&self, expr: &Expr, oid: Oid, args: &[Expr]) -> Option<Refused> {
        let function = self.ground.catalog.function(oid).filter(|it| it.schema == "pg_catalog")?;
        let (operator, but) = match &*function.name {
            "jsonb_path_exists" => ("@?", ", which takes what the path does not find for no match"),
            "jsonb_path_match" => ("@@", ", which takes what the path does not find for no match"),
            "jsonb_exists" => ("?", ""),
            "jsonb_contains" | "arraycontains" => ("@>", ""),
            "regexp_like" => ("~", ""),
            _ => return None,
        };
        let [of, value] = args else { return None };
        if !self.mentions(of) || self.mentions(value) {
            return None;
        }
        let (shown, of) = (self.shown(&self.over_one(expr)), self.shown(&self.over_one(of)));
        let name = &function.name;
        Some(refused(
            format!("no index knows the function `{name}` (`{shown}`)"),
            format!("write it as an operator, which indexes can know: `{of} {operator} …`{but}"),
        ))
    }
}
