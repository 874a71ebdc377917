//! What no index helps with, and what to write instead.

use super::classify::{Verdict, View};
use super::{Key, Refused};
use crate::catalog::Oid;
use crate::describe::tree::Expr;

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
        refused(
            format!("no index knows IS DISTINCT FROM (`{shown}`)"),
            "write `=` and `is null` as two conditions, or as two queries",
        )
    }

    pub fn negation(&self, expr: &Expr) -> Refused {
        let shown = self.shown(&self.over_one(expr));
        Refused { reason: format!("`{shown}` leaves most rows"), rewrite: None }
    }

    /// `a or b` where `b` needs the whole table.
    pub fn open_alternative(&self, arm: &Expr) -> Refused {
        let shown = self.shown(&self.over_one(arm));
        refused(
            format!("one side of OR has no index to use (`{shown}`), so all rows are read anyway"),
            "split it into two queries with UNION ALL",
        )
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
            _ => Verdict::Nothing,
        }
    }
}
