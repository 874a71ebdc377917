//! Names of types as files spell them: `int8`, `album_format`, `sales."Odd.name"`, each with `[]` for arrays.

use std::fmt;

use super::TypeName;

/// A type's name in a file, with its schema where that is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spelling {
    pub schema: Option<String>,
    pub name: String,
}

impl Spelling {
    /// How signature files spell a type: built-in ones and those of `public` without their schema.
    pub fn short(name: &TypeName) -> Self {
        let bare = name.is_built_in() || name.schema == "public";
        Self { schema: (!bare).then(|| name.schema.clone()), name: name.name.clone() }
    }

    /// How the lock spells a type: only built-in ones without their schema.
    pub fn exact(name: &TypeName) -> Self {
        let schema = (!name.is_built_in()).then(|| name.schema.clone());
        Self { schema, name: name.name.clone() }
    }

    /// The type that an exact spelling means.
    pub fn resolve(self) -> TypeName {
        TypeName::new(self.schema.unwrap_or_else(|| TypeName::BUILT_IN.to_owned()), self.name)
    }

    /// Whether a short spelling means this type.
    pub fn means(&self, name: &TypeName) -> bool {
        self.name == name.name
            && match &self.schema {
                Some(schema) => *schema == name.schema,
                None => name.is_built_in() || name.schema == "public",
            }
    }

    /// Reads `name`, `schema.name`, either part in double quotes where it is odd, and the `[]` behind.
    pub fn parse(text: &str) -> Option<(Self, u8)> {
        let (first, mut rest) = part(text)?;
        let mut spelling = Self { schema: None, name: first };
        if let Some(after_dot) = rest.strip_prefix('.') {
            let (name, after) = part(after_dot)?;
            spelling = Self { schema: Some(spelling.name), name };
            rest = after;
        }
        let dims = u8::try_from(rest.len() / 2).ok()?;
        (rest == "[]".repeat(dims.into())).then_some((spelling, dims))
    }
}

/// One part of a name, and what follows it.
fn part(text: &str) -> Option<(String, &str)> {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find(is_odd).unwrap_or(text.len());
        return (end > 0).then(|| (text[..end].to_owned(), &text[end..]));
    };
    let (mut name, mut rest) = (String::new(), quoted);
    loop {
        let (before, after) = rest.split_once('"')?;
        name.push_str(before);
        match after.strip_prefix('"') {
            Some(more) => (name.push('"'), rest = more).1,
            None => return (!name.is_empty()).then_some((name, after)),
        }
    }
}

/// Characters that a name without quotes cannot hold.
fn is_odd(c: char) -> bool {
    matches!(c, '.' | '"' | '[' | ']') || c.is_whitespace() || c.is_control()
}

impl fmt::Display for Spelling {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (part, end) in self.schema.iter().map(|part| (part, ".")).chain([(&self.name, "")]) {
            if part.contains(is_odd) {
                write!(f, "\"{}\"{end}", part.replace('"', "\"\""))?;
            } else {
                write!(f, "{part}{end}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_every_form() {
        let spelled = |schema: Option<&str>, name: &str| Spelling {
            schema: schema.map(str::to_owned),
            name: name.to_owned(),
        };
        for (text, expected, dims) in [
            ("int8", spelled(None, "int8"), 0),
            ("text[]", spelled(None, "text"), 1),
            ("sales.AlbumFormat[][]", spelled(Some("sales"), "AlbumFormat"), 2),
            ("\"a.b\".\"c\"\"d\"[]", spelled(Some("a.b"), "c\"d"), 1),
            ("DVD-Audio", spelled(None, "DVD-Audio"), 0),
        ] {
            assert_eq!(Spelling::parse(text), Some((expected, dims)), "{text}");
        }
        for text in ["", ".", "a.", "a[", "a[]x", "a b", "\"a", "\"\"", "[]", "a.b.c"] {
            assert_eq!(Spelling::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(schema in ".{1,8}", name in ".{1,8}", dims in 0u8..4) {
            let type_name = TypeName::new(schema, name);
            let text = format!("{}{}", Spelling::exact(&type_name), "[]".repeat(dims.into()));
            let (read, read_dims) = Spelling::parse(&text).unwrap();
            prop_assert_eq!((read.resolve(), read_dims), (type_name.clone(), dims));
            prop_assert!(Spelling::short(&type_name).means(&type_name));
        }
    }
}
