//! Whether what is made of an INSERT for many rows does the same: asked of PostgreSQL, and of the catalog.

use super::tree::{Query as Tree, RteKind};
use super::{Describer, Description};
use crate::diagnostic::SourceText;
use crate::query::{Insert, Query};
use crate::signature::{Batch, Field, Signature, TypeRef};

impl Describer {
    /// What inserts many rows as this query inserts one.
    pub(super) fn batch(&mut self, query: &Query, described: &Description) -> Batch {
        let Some(insert) = Insert::of(query) else { return Batch::default() };
        let (many, copy) = match insert {
            Err(why) => (Err(why.to_owned()), Err(why.to_owned())),
            Ok(insert) => (
                self.many(&insert, &described.signature),
                insert
                    .copy()
                    .map_err(str::to_owned)
                    .and_then(|_| self.copy_known(&described.queries)),
            ),
        };
        let said = |name: &str, it: &Result<(), String>| {
            it.as_ref().err().map(|why| format!("{name}: {why}"))
        };
        let reasons = [said("insert_many", &many), said("copy_in", &copy)];
        let reasons = reasons.into_iter().flatten().collect();
        Batch { many: many.is_ok(), copy: copy.is_ok(), reasons }
    }

    /// PostgreSQL takes the statement, with arrays of the same types, and returns the same columns.
    fn many(&mut self, insert: &Insert<'_>, one: &Signature) -> Result<(), String> {
        let sql = insert.many(one.parameters.iter().map(|it| &it.type_ref))?;
        let refused = || "PostgreSQL refuses it for many rows".to_owned();
        let query = Query::parse(None, SourceText::new("many", sql)).map_err(|_| refused())?;
        let described = self.describe_alone(&query);
        let many =
            described.map_err(|error| format!("{}: {}", refused(), error.primary().message))?;
        let element = |it: &Field| it.type_ref.clone().array(0);
        let shape = |it: &Field| (it.name.clone(), it.type_ref.clone());
        let parameters: Vec<TypeRef> = many.signature.parameters.iter().map(element).collect();
        let same = parameters.iter().eq(one.parameters.iter().map(|it| &it.type_ref))
            && many.signature.columns.iter().map(shape).eq(one.columns.iter().map(shape));
        if same { Ok(()) } else { Err("it would have other types".to_owned()) }
    }

    /// The same once all of it is read of the catalog that it is about.
    fn copy_known(&mut self, queries: &[Tree]) -> Result<(), String> {
        loop {
            let answer = self.copy(queries);
            if !self.catalog.lacks() {
                return answer;
            }
            self.learn().map_err(|error| error.primary().message.clone())?;
        }
    }

    /// COPY goes into tables only, past their rules, and not where rows are guarded.
    fn copy(&self, queries: &[Tree]) -> Result<(), String> {
        let into = queries.first().and_then(|it| it.table(it.result_relation));
        let relation = match into.map(|it| &it.kind) {
            Some(RteKind::Relation { oid, .. }) => self.catalog.relation(*oid),
            _ => None,
        };
        let relation = relation.ok_or("what it inserts into is not known")?;
        let family = self.catalog.family(relation.oid);
        match relation.relkind {
            'r' | 'p' => {}
            _ => return Err(format!("{} is no table", relation.name)),
        }
        if relation.has_rules {
            return Err(format!("COPY does not follow the rules of {}", relation.name));
        }
        match family.iter().find(|it| it.row_security) {
            Some(it) => Err(format!("{} has row-level security, which COPY refuses", it.name)),
            None => Ok(()),
        }
    }
}
