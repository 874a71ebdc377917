//! From the text of the lock to facts. Strict: a line that is not understood is an error.

use std::collections::HashSet;

use super::words::{Line, Words, nullability};
use super::{Lock, LockedQuery, VERSION};
use crate::Result;
use crate::diagnostic::{Code, Diagnostic, SourceText};
use crate::signature::{
    Batch, Cardinality, Field, Signature, Spelling, TypeDefinition, TypeKind, Verdict,
};

pub(super) fn lock(source: &SourceText) -> Result<Lock> {
    let mut reader = Reader::default();
    let mut start = 0;
    for line in source.text().split_inclusive('\n') {
        let text = line.trim_end_matches(['\n', '\r']);
        reader
            .line(text)
            .map_err(|message| unreadable(source, start..start + text.len(), text, message))?;
        start += line.len();
    }
    let end = source.text().trim_end().len();
    reader.finish().map_err(|message| unreadable(source, end..end, "", message).into())
}

#[derive(Default)]
struct Reader {
    version: Option<u32>,
    postgres: Option<u32>,
    schema: Option<String>,
    types: Vec<TypeDefinition>,
    queries: Vec<LockedQuery>,
    /// Whose lines these are: the latest block's.
    block: Block,
    seen: HashSet<String>,
}

#[derive(Default)]
enum Block {
    #[default]
    Head,
    Type,
    /// Whether its `sql` and `rows` were seen.
    Query {
        sql: bool,
        rows: bool,
    },
}

impl Reader {
    fn line(&mut self, text: &str) -> Line<()> {
        if text.is_empty() || text.starts_with('#') {
            return Ok(());
        }
        let mut words = Words::of(text)?;
        let key = words.bare("a key word")?;
        match &*key {
            "version" | "postgres" | "schema" => self.head(&key, &mut words)?,
            _ if self.version.is_none() => return Err("the version is not said first".to_owned()),
            "type" => self.type_block(&mut words)?,
            "query" | "inline" => self.query_block(&key, &mut words)?,
            "sql" | "rows" | "batch" => self.query_line(&key, &mut words)?,
            "parameter" | "column" | "field" => {
                let field = words.field()?;
                self.fields(&key)?.push(field);
            }
            "elements" | "origin" | "padded" => self.field_line(&key, &mut words)?,
            _ => return Err(format!("`{key}` is not known")),
        }
        words.end()
    }

    fn head(&mut self, key: &str, words: &mut Words<'_>) -> Line<()> {
        self.once(key, "")?;
        match key {
            "version" => match words.number()? {
                VERSION => self.version = Some(VERSION),
                other => return Err(format!("version {other} is not known to this pgmi")),
            },
            "postgres" => self.postgres = Some(words.number()?),
            _ => self.schema = Some(words.any("a hash")?.into_owned()),
        }
        Ok(())
    }

    fn type_block(&mut self, words: &mut Words<'_>) -> Line<()> {
        self.close()?;
        let name = words.type_name()?;
        self.once("type", &Spelling::exact(&name).to_string())?;
        let kind = words.type_kind()?;
        self.types.push(TypeDefinition { name, kind });
        self.block = Block::Type;
        Ok(())
    }

    fn query_block(&mut self, key: &str, words: &mut Words<'_>) -> Line<()> {
        self.close()?;
        let id = words.any("a name")?.into_owned();
        self.once(key, &id)?;
        let is_inline = key == "inline";
        let (name, sql) = if is_inline { (None, id) } else { (Some(id), String::new()) };
        let signature = Signature {
            parameters: Vec::new(),
            columns: Vec::new(),
            cardinality: Verdict::of(Cardinality::None),
            idempotent: false,
            batch: Batch::default(),
        };
        self.queries.push(LockedQuery { name, sql, signature });
        self.block = Block::Query { sql: is_inline, rows: false };
        Ok(())
    }

    fn query_line(&mut self, key: &str, words: &mut Words<'_>) -> Line<()> {
        match (&mut self.block, self.queries.last_mut(), key) {
            (Block::Query { sql, .. }, Some(query), "sql") if !*sql => {
                (*sql, query.sql) = (true, words.any("a hash")?.into_owned());
            }
            (Block::Query { rows, .. }, Some(query), "rows") if !*rows => {
                (*rows, query.signature.cardinality) =
                    (true, words.verdict(Cardinality::from_name)?);
            }
            (Block::Query { .. }, Some(query), "batch") if query.signature.batch.is_empty() => {
                query.signature.batch = words.batch()?;
            }
            _ => return Err(format!("`{key}` does not belong here")),
        }
        Ok(())
    }

    /// The fields of the latest block that a line of this key adds to.
    fn fields(&mut self, key: &str) -> Line<&mut Vec<Field>> {
        let kind = self.types.last_mut().map(|one| &mut one.kind);
        match (&self.block, key, kind, self.queries.last_mut()) {
            (Block::Type, "field", Some(TypeKind::Composite { fields }), _) => Ok(fields),
            (Block::Query { .. }, "parameter", _, Some(query)) => {
                Ok(&mut query.signature.parameters)
            }
            (Block::Query { .. }, "column", _, Some(query)) => Ok(&mut query.signature.columns),
            _ => Err(format!("`{key}` does not belong here")),
        }
    }

    fn field_line(&mut self, key: &str, words: &mut Words<'_>) -> Line<()> {
        let misplaced = || format!("`{key}` does not belong here");
        let field = self.last_field().ok_or_else(misplaced)?;
        match key {
            "elements" if field.elements.is_none() && field.type_ref.is_array() => {
                field.elements = Some(words.verdict(nullability)?);
            }
            "origin" if field.origin.is_none() => field.origin = Some(words.origin()?),
            "padded" if field.padded.is_none() => field.padded = Some(words.padded()?),
            _ => return Err(misplaced()),
        }
        Ok(())
    }

    fn last_field(&mut self) -> Option<&mut Field> {
        match (&self.block, self.types.last_mut(), self.queries.last_mut()) {
            (Block::Type, Some(TypeDefinition { kind: TypeKind::Composite { fields }, .. }), _) => {
                fields.last_mut()
            }
            (Block::Query { .. }, _, Some(query)) => {
                let signature = &mut query.signature;
                signature.columns.last_mut().or(signature.parameters.last_mut())
            }
            _ => None,
        }
    }

    fn once(&mut self, key: &str, name: &str) -> Line<()> {
        let first = self.seen.insert(format!("{key} {name}"));
        if first {
            Ok(())
        } else {
            Err(format!("`{}` stands twice", format!("{key} {name}").trim()))
        }
    }

    /// A block must be whole before the next begins.
    fn close(&self) -> Line<()> {
        let is_cut = |field: &&Field| field.type_ref.is_array() && field.elements.is_none();
        if let Some(field) = self.last_fields().find(is_cut) {
            return Err(format!("`{}` above is an array without `elements`", field.name));
        }
        match self.block {
            Block::Query { sql: false, .. } => Err("the query above has no `sql`".to_owned()),
            Block::Query { rows: false, .. } => Err("the query above has no `rows`".to_owned()),
            _ => Ok(()),
        }
    }

    /// Every field of the latest block.
    fn last_fields(&self) -> impl Iterator<Item = &Field> {
        let members = match (&self.block, self.types.last()) {
            (Block::Type, Some(TypeDefinition { kind: TypeKind::Composite { fields }, .. })) => {
                fields.as_slice()
            }
            _ => &[],
        };
        let query = self.queries.last().filter(|_| matches!(self.block, Block::Query { .. }));
        let signature = query.map(|query| &query.signature);
        let of_query =
            signature.into_iter().flat_map(|one| one.parameters.iter().chain(&one.columns));
        members.iter().chain(of_query)
    }

    fn finish(self) -> Line<Lock> {
        self.close()?;
        let missing = |key: &str| format!("`{key}` is missing");
        Ok(Lock {
            postgres: self.postgres.ok_or_else(|| missing("postgres"))?,
            schema: self.schema.ok_or_else(|| missing("schema"))?,
            types: self.types,
            queries: self.queries,
        })
    }
}

fn unreadable(
    source: &SourceText,
    place: std::ops::Range<usize>,
    line: &str,
    message: String,
) -> Diagnostic {
    let is_conflict =
        ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].iter().any(|m| line.starts_with(m));
    let message = if is_conflict { "a merge conflict is not resolved".to_owned() } else { message };
    Diagnostic::error(Code::LockUnreadable, format!("`{}`: {message}", source.name()))
        .at(source, place, "")
        .help("run `cargo pgmi generate`, which writes the file anew")
}
