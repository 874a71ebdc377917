//! Signature files that nobody has touched: read far faster than any YAML.
//!
//! What is read here counts only where writing it gives the very same text, so this reader may be simple: what
//! it does not understand, or misunderstands, is left to the one of YAML.

use std::iter::Peekable;
use std::str::Lines;

use super::write;
use super::{FileField, FileResult, SignatureFile};
use crate::signature::{Cardinality, Spelling};

/// What the text says, if it is the one that we write for that.
pub(super) fn signature(text: &str) -> Option<SignatureFile> {
    let file = Written(text.lines().peekable()).signature()?;
    (write::signature(&file) == text).then_some(file)
}

struct Written<'a>(Peekable<Lines<'a>>);

impl<'a> Written<'a> {
    fn signature(mut self) -> Option<SignatureFile> {
        Some(SignatureFile {
            idempotent: boolean(self.value("idempotent: ")?)?,
            parameters: self.fields("parameters:", "  ")?,
            result: if self.0.next_if_eq(&"result:").is_some() {
                Some(self.result()?)
            } else {
                None
            },
        })
    }

    fn result(&mut self) -> Option<FileResult> {
        Some(FileResult {
            cardinality: Cardinality::from_name(self.value("  cardinality: ")?)?,
            columns: self.fields("  columns:", "    ")?,
        })
    }

    fn fields(&mut self, key: &str, indent: &str) -> Option<Vec<FileField>> {
        let mut fields = Vec::new();
        match self.value(key)? {
            " {}" => return Some(fields),
            rest => rest.is_empty().then_some(())?,
        }
        while let Some(line) = self.0.next_if(|line| line.starts_with(indent)) {
            let field = self.field(plain(line[indent.len()..].strip_suffix(':')?)?, indent)?;
            let stands_twice = fields.iter().any(|one: &FileField| one.name == field.name);
            (!stands_twice).then(|| fields.push(field))?;
        }
        Some(fields)
    }

    fn field(&mut self, name: &str, indent: &str) -> Option<FileField> {
        let (spelling, _) = Spelling::parse(plain(self.property(indent, "type: ")?)?)?;
        let not_null = boolean(self.property(indent, "not_null: ")?)?;
        let dims = match self.property(indent, "dims: ") {
            Some(dims) => dims.parse().ok()?,
            None => 0,
        };
        let element_not_null = match self.property(indent, "element_not_null: ") {
            Some(value) => Some(boolean(value)?),
            None => None,
        };
        let fits = dims > 0 || element_not_null.is_none();
        let name = name.to_owned();
        fits.then_some(FileField { name, spelling, dims, not_null, element_not_null })
    }

    /// The value of a field's own key, if that comes next.
    fn property(&mut self, indent: &str, key: &str) -> Option<&'a str> {
        let value = |line: &&'a str| {
            let (indent_of_line, rest) = line.split_at_checked(indent.len() + 2)?;
            indent_of_line.trim_start().is_empty().then(|| rest.strip_prefix(key))?
        };
        let found = self.0.peek().and_then(value)?;
        self.0.next();
        Some(found)
    }

    /// What stands behind this key, which has to come next.
    fn value(&mut self, key: &str) -> Option<&'a str> {
        self.0.next()?.strip_prefix(key)
    }
}

/// A scalar without quotes.
fn plain(text: &str) -> Option<&str> {
    (!text.starts_with('"')).then_some(text)
}

fn boolean(text: &str) -> Option<bool> {
    text.parse().ok()
}
