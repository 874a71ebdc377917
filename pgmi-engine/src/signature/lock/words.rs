//! What the words of a line mean.

use std::borrow::Cow;
use std::collections::VecDeque;

use super::line::{Word, words};
use crate::signature::{
    Batch, Field, Nullability, Origin, Padded, Spelling, TypeKind, TypeName, TypeRef, Verdict,
};

/// What is wrong with a line, in words.
pub(super) type Line<T> = std::result::Result<T, String>;

/// The words of a line, taken one by one.
pub(super) struct Words<'a>(VecDeque<Word<'a>>);

impl<'a> Words<'a> {
    pub fn of(line: &'a str) -> Line<Self> {
        match words(line) {
            Some(words) => Ok(Self(words)),
            None => Err("words are separated by one space, odd ones in double quotes".to_owned()),
        }
    }

    pub fn any(&mut self, what: &str) -> Line<Cow<'a, str>> {
        Ok(self.0.pop_front().ok_or_else(|| format!("{what} is missing"))?.text)
    }

    pub fn bare(&mut self, what: &str) -> Line<Cow<'a, str>> {
        match self.0.pop_front() {
            Some(Word { text, quoted: false }) => Ok(text),
            _ => Err(format!("{what} is missing")),
        }
    }

    pub fn number(&mut self) -> Line<u32> {
        let text = self.any("a number")?;
        text.parse().map_err(|_| format!("`{text}` is not a number"))
    }

    pub fn type_ref(&mut self) -> Line<TypeRef> {
        let text = self.any("a type")?;
        let (spelling, dims) =
            Spelling::parse(&text).ok_or_else(|| format!("`{text}` is not a type"))?;
        Ok(TypeRef { name: spelling.resolve(), dims })
    }

    pub fn type_name(&mut self) -> Line<TypeName> {
        let type_ref = self.type_ref()?;
        if type_ref.is_array() {
            Err("an array has no definition".to_owned())
        } else {
            Ok(type_ref.name)
        }
    }

    pub fn type_kind(&mut self) -> Line<TypeKind> {
        match &*self.bare("the kind of the type")? {
            "base" => Ok(TypeKind::Base),
            "enum" => Ok(TypeKind::Enum { labels: self.rest()? }),
            "composite" => Ok(TypeKind::Composite { fields: Vec::new() }),
            "domain" => {
                let base = self.type_ref()?;
                let word = self.bare("null or not_null")?;
                let nullability =
                    nullability(&word).ok_or_else(|| format!("`{word}` is not known"))?;
                Ok(TypeKind::Domain { base, nullability })
            }
            "range" => Ok(TypeKind::Range { subtype: self.type_ref()? }),
            "multirange" => Ok(TypeKind::Multirange { range: self.type_ref()? }),
            other => Err(format!("`{other}` is no kind of type")),
        }
    }

    pub fn field(&mut self) -> Line<Field> {
        Ok(Field {
            name: self.any("a name")?.into_owned(),
            type_ref: self.type_ref()?,
            nullability: self.verdict(nullability)?,
            elements: None,
            origin: None,
            padded: None,
        })
    }

    pub fn origin(&mut self) -> Line<Origin> {
        Ok(Origin {
            schema: self.any("a schema")?.into_owned(),
            relation: self.any("a relation")?.into_owned(),
            column: self.any("a column")?.into_owned(),
        })
    }

    pub fn padded(&mut self) -> Line<Padded> {
        let table = self.number()?;
        let word = self.bare("null or not_null")?;
        let not_null = nullability(&word).ok_or_else(|| format!("`{word}` is not known"))?;
        Ok(Padded { table, not_null: not_null.is_not_null() })
    }

    /// What inserts many rows, then why something does not.
    pub fn batch(&mut self) -> Line<Batch> {
        let mut batch = Batch::default();
        while let Some(Word { text, quoted: false }) = self.0.front() {
            match &**text {
                "many" if !batch.many => batch.many = true,
                "copy" if !batch.copy => batch.copy = true,
                other => return Err(format!("`{other}` does not belong here")),
            }
            self.0.pop_front();
        }
        batch.reasons = self.rest()?;
        if batch.is_empty() { Err("a batch is missing".to_owned()) } else { Ok(batch) }
    }

    pub fn verdict<T>(&mut self, from_name: impl Fn(&str) -> Option<T>) -> Line<Verdict<T>> {
        let word = self.bare("a verdict")?;
        let name = word.strip_suffix('!').unwrap_or(&word);
        let value = from_name(name).ok_or_else(|| format!("`{word}` is not known"))?;
        Ok(Verdict { value, certain: name.len() < word.len(), reasons: self.rest()? })
    }

    /// Everything that is left, all of it in quotes.
    pub fn rest(&mut self) -> Line<Vec<String>> {
        let quoted = |word: Word<'_>| match word.quoted {
            true => Ok(word.text.into_owned()),
            false => Err(format!("`{}` does not belong here", word.text)),
        };
        self.0.drain(..).map(quoted).collect()
    }

    pub fn end(&self) -> Line<()> {
        self.0.front().map_or(Ok(()), |word| Err(format!("`{}` does not belong here", word.text)))
    }
}

pub(super) fn nullability(word: &str) -> Option<Nullability> {
    match word {
        "not_null" => Some(Nullability::NotNull),
        "null" => Some(Nullability::Nullable),
        _ => None,
    }
}
