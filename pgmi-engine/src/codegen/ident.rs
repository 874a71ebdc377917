//! From PostgreSQL's names, which may hold anything, to Rust's.

use std::collections::HashSet;

/// Words that are identifiers only behind `r#`
/// ([keywords](https://doc.rust-lang.org/reference/keywords.html), all editions).
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Words that are identifiers in no form.
const NEVER: &[&str] = &["crate", "self", "Self", "super"];

/// The name of a field or a parameter: snake_case. `userId` becomes `user_id`, `type` becomes `r#type`.
pub(super) fn field(name: &str) -> String {
    let mut snake = String::with_capacity(name.len());
    let mut before = '_';
    for c in name.chars() {
        if c.is_uppercase() && before.is_alphanumeric() && !before.is_uppercase() {
            snake.push('_');
        }
        match unicode_ident::is_xid_continue(c) {
            true => snake.extend(c.to_lowercase()),
            false if !snake.is_empty() && !snake.ends_with('_') => snake.push('_'),
            false => {}
        }
        before = c;
    }
    if !name.ends_with('_') {
        snake.truncate(snake.trim_end_matches('_').len());
    }
    escaped(usable(snake, "unnamed"))
}

/// The name of a type or a variant: `PascalCase`. `album_format` becomes `AlbumFormat`.
pub(super) fn item(name: &str) -> String {
    let words = name.split(|c: char| c == '_' || !unicode_ident::is_xid_continue(c));
    let mut pascal = String::with_capacity(name.len());
    for word in words {
        let mut chars = word.chars();
        pascal.extend(chars.next().into_iter().flat_map(char::to_uppercase));
        pascal.push_str(chars.as_str());
    }
    escaped(usable(pascal, "Unnamed"))
}

/// As a string in the text of [`field`], without the `r#`.
pub(super) fn plain(field: &str) -> &str {
    field.strip_prefix("r#").unwrap_or(field)
}

fn usable(name: String, instead: &str) -> String {
    match name.chars().next() {
        None => instead.to_owned(),
        Some(_) if name.chars().all(|c| c == '_') => instead.to_owned(),
        Some(c) if c == '_' || unicode_ident::is_xid_start(c) => name,
        Some(_) => format!("_{name}"),
    }
}

fn escaped(name: String) -> String {
    if NEVER.contains(&&*name) {
        format!("{name}_")
    } else if KEYWORDS.contains(&&*name) {
        format!("r#{name}")
    } else {
        name
    }
}

/// Names that are taken already.
#[derive(Debug, Default)]
pub(super) struct Names(HashSet<String>);

impl Names {
    /// The name, with a number behind it where it is taken: `a`, `a_2`, `a_3`.
    pub fn field(&mut self, name: &str) -> String {
        self.free(field(name), "_")
    }

    /// The name, with a number behind it where it is taken: `A`, `A2`, `A3`.
    pub fn item(&mut self, name: &str) -> String {
        self.free(item(name), "")
    }

    fn free(&mut self, name: String, between: &str) -> String {
        if self.0.insert(name.clone()) {
            return name;
        }
        let stem = plain(&name).trim_end_matches('_');
        let numbered = (2..).map(|number| format!("{stem}{between}{number}"));
        let free = numbered.into_iter().find(|it| !self.0.contains(it)).unwrap_or(name);
        self.0.insert(free.clone());
        free
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_snake_case_and_always_identifiers() {
        for (name, expected) in [
            ("id", "id"),
            ("userId", "user_id"),
            ("userID", "user_id"),
            ("Mixed Case", "mixed_case"),
            ("a1", "a1"),
            ("a_1", "a_1"),
            ("type", "r#type"),
            ("gen", "r#gen"),
            ("Self", "self_"),
            ("super", "super_"),
            ("crate", "crate_"),
            ("_", "unnamed"),
            ("", "unnamed"),
            ("?", "unnamed"),
            ("1st", "_1st"),
            ("größe", "größe"),
            ("x²", "x"),
            ("🦀", "unnamed"),
            ("a.b", "a_b"),
            ("_id", "_id"),
            ("type_", "type_"),
            ("100%", "_100"),
        ] {
            assert_eq!(field(name), expected, "{name}");
        }
    }

    #[test]
    fn items_are_pascal_case() {
        for (name, expected) in [
            ("album_format", "AlbumFormat"),
            ("Mixed Case", "MixedCase"),
            ("self", "Self_"),
            ("3d", "_3d"),
            ("", "Unnamed"),
            ("a-b", "AB"),
            ("c++", "C"),
            ("+", "Unnamed"),
            ("type", "Type"),
        ] {
            assert_eq!(item(name), expected, "{name}");
        }
    }

    #[test]
    fn no_name_is_given_twice() {
        let mut names = Names::default();
        let given: Vec<_> = ["a-b", "a_b", "A_B", "AB2"].map(|it| names.item(it)).into();
        assert_eq!(given, ["AB", "AB2", "AB3", "AB22"]);
        let mut names = Names::default();
        let given: Vec<_> = ["type", "Type", "type_2"].map(|it| names.field(it)).into();
        assert_eq!(given, ["r#type", "type_2", "type_2_2"]);
        let mut names = Names::default();
        assert_eq!(["self", "Self"].map(|it| names.item(it)), ["Self_", "Self2"]);
    }
}
