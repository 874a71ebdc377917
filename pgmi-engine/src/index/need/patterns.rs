//! LIKE and its kin: a B-tree knows prefixes, trigrams know the rest.
//!
//! The planner reaches these through support functions, not through `pg_amop`. Production is taken to have another
//! collation than C, so that a prefix needs `text_pattern_ops`.

use super::super::deparse::literal;
use super::classify::{Verdict, View};
use super::side::Side;
use super::{Key, Refused, Use, UseKind, Value};
use crate::catalog::Oid;
use crate::describe::tree::Expr;

/// Where a pattern may match.
enum Reach {
    Prefix,
    Anywhere,
    /// Only the value says.
    Unknown,
}

impl View<'_> {
    /// What `key ~~ pattern` and the like are; none for other operators.
    pub fn pattern(
        &self,
        condition: &Expr,
        operator: Oid,
        key: &Key,
        value: &Value,
        pattern: &Expr,
    ) -> Option<Verdict> {
        let name = &*self.ground.catalog.operator(operator)?.name;
        let reach = match name {
            "~~" => self.reach(pattern),
            "^@" => Reach::Prefix,
            "~" => regular_reach(&self.text(pattern)),
            "~~*" | "~*" => Reach::Anywhere,
            _ => return None,
        };
        // Of a type of an extension, and of inet and the like, `pg_amop` says it all.
        let prefix_class = self.prefix_class(key)?;
        let trigrams = self.special(operator, key.type_oid);
        let found = |kind, key| {
            let (value, condition) = (value.clone(), self.over_one(condition));
            Some(Verdict::Use(Use::new(kind, key, value, condition)))
        };
        let by_prefix = Key { class: prefix_class, collation: 0, ..key.clone() };
        match (reach, trigrams.is_empty()) {
            (Reach::Prefix, _) | (Reach::Unknown, true) => found(UseKind::Range, by_prefix),
            (_, false) => found(UseKind::Special(trigrams), Key { collation: 0, ..key.clone() }),
            (Reach::Anywhere, true) => {
                let is_prefix = name == "~~*" && matches!(self.reach(pattern), Reach::Prefix);
                Some(Verdict::Refused(match is_prefix {
                    true => self.without_case(condition, key),
                    false => self.needs_trigrams(condition),
                }))
            }
        }
    }

    /// `starts_with(a, $1)`
    pub fn starts_with(&self, expr: &Expr) -> Option<Verdict> {
        let Expr::Function { oid, args, collation, .. } = expr else { return None };
        let function = self.ground.catalog.function(*oid)?;
        let ("pg_catalog", "starts_with", [left, right]) =
            (&*function.schema, &*function.name, &args[..])
        else {
            return None;
        };
        let (Side::Key(key), Side::Value(value)) =
            (self.side(left, *collation), self.side(right, *collation))
        else {
            return None;
        };
        let class = self.prefix_class(&key)?;
        let key = Key { class, collation: 0, ..key };
        let (kind, condition) = (UseKind::Range, self.over_one(expr));
        Some(Verdict::Use(Use::new(kind, key, value, condition)))
    }

    /// `text_pattern_ops`, or that of `bpchar`; the default where the column itself is ordered by bytes.
    fn prefix_class(&self, key: &Key) -> Option<Oid> {
        /// `C` and `POSIX`
        const BY_BYTES: [Oid; 2] = [950, 951];
        let mut classes = self.ground.classes_for("btree", key.type_oid);
        let class = classes
            .find(|it| matches!(&*it.name, "text_pattern_ops" | "bpchar_pattern_ops"))
            .map(|it| it.oid)?;
        Some(if BY_BYTES.contains(&self.usual_collation(&key.expr)) { 0 } else { class })
    }

    fn reach(&self, pattern: &Expr) -> Reach {
        let text = self.text(pattern);
        let Some(first) = text.first() else { return Reach::Unknown };
        match first {
            Some(text) if text.starts_with(['%', '_']) => Reach::Anywhere,
            Some(text) if !text.is_empty() => Reach::Prefix,
            // `$1 || '%'`
            None if text.len() > 1 => Reach::Prefix,
            _ => Reach::Unknown,
        }
    }

    /// The pieces that are put together with `||`; none for what is not written out.
    fn text(&self, pattern: &Expr) -> Vec<Option<String>> {
        match pattern.unlabelled() {
            Expr::Operator { oid, args, .. }
                if self.ground.catalog.operator(*oid).is_some_and(|it| it.name == "||") =>
            {
                args.iter().flat_map(|arg| self.text(arg)).collect()
            }
            Expr::Convert { of, .. } | Expr::Relabel { of, .. } => self.text(of),
            other => vec![literal(self.ground, other)],
        }
    }

    /// `name ilike 'abc%'`
    fn without_case(&self, condition: &Expr, key: &Key) -> Refused {
        let (shown, column) = (self.shown(&self.over_one(condition)), self.shown(&key.expr));
        Refused {
            reason: format!("no B-tree knows ILIKE (`{shown}`), not even of a prefix"),
            rewrite: Some(format!(
                "write `lower({column}) like lower(…)`, which an index over `lower({column})` serves; or add \
                 `create extension pg_trgm` to the migrations"
            )),
        }
    }

    fn needs_trigrams(&self, condition: &Expr) -> Refused {
        let shown = self.shown(&self.over_one(condition));
        let what = if shown.contains(" ~ ") { "a pattern" } else { "text anywhere in a column" };
        Refused {
            reason: format!("`{shown}` looks for {what}, which only trigrams can"),
            rewrite: Some(
                "add `create extension pg_trgm` to the migrations, or ask for a prefix: `like 'x%'`"
                    .to_owned(),
            ),
        }
    }
}

/// `~ '^abc'`
fn regular_reach(text: &[Option<String>]) -> Reach {
    match text.first() {
        Some(Some(text)) if text.starts_with('^') => Reach::Prefix,
        _ => Reach::Anywhere,
    }
}
