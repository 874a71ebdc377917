//! What `use` says about names.
//!
//! Of the whole file, wherever it stands: a name that two of its modules use differently is taken for ours, for
//! a query too many costs less than one that is missing.

use std::collections::{HashMap, HashSet};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::call::Kind;

/// Paths that begin so stay in the crate, which may have re-exported the macro.
const WITHIN: &[&str] = &["crate", "self", "super"];

#[derive(Debug)]
pub(super) struct Imports {
    /// What the crate `pgmi` is called.
    crates: HashSet<String>,
    /// Names of macros: which of ours, or somebody else's.
    names: HashMap<String, Option<Kind>>,
}

impl Imports {
    /// `crates` are the names of `pgmi` among the dependencies.
    pub fn of(stream: &TokenStream, crates: &[String]) -> Self {
        let crates = crates.iter().cloned().collect();
        let mut imports = Self { crates, names: HashMap::new() };
        imports.gather(stream.clone());
        imports
    }

    /// Which of our macros a path means.
    pub fn kind(&self, path: &[String]) -> Option<Kind> {
        match path {
            [name] => match self.names.get(name) {
                Some(known) => *known,
                None => Kind::named(name),
            },
            [root, .., name] if self.is_ours(root) => Kind::named(name),
            _ => None,
        }
    }

    fn is_ours(&self, root: &str) -> bool {
        self.crates.contains(root) || WITHIN.contains(&root)
    }

    fn gather(&mut self, stream: TokenStream) {
        let mut trees = stream.into_iter();
        while let Some(tree) = trees.next() {
            match tree {
                TokenTree::Ident(word) if word == "use" => {
                    let tree = trees.by_ref().take_while(|it| !is_punct(it, ';'));
                    self.tree(&[], &tree.collect::<Vec<_>>());
                }
                TokenTree::Group(group) => self.gather(group.stream()),
                _ => {}
            }
        }
    }

    /// One tree of a `use`, behind the path `before`.
    fn tree(&mut self, before: &[String], trees: &[TokenTree]) {
        for branch in trees.split(|it| is_punct(it, ',')) {
            let mut path = before.to_vec();
            let mut alias = None;
            let mut branch = branch.iter();
            while let Some(tree) = branch.next() {
                match tree {
                    TokenTree::Ident(word) if word == "as" => {
                        alias = branch.next().map(ToString::to_string);
                    }
                    TokenTree::Ident(word) if word == "self" && !path.is_empty() => {}
                    TokenTree::Ident(word) => path.push(word.to_string()),
                    TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                        let inner: Vec<_> = group.stream().into_iter().collect();
                        self.tree(&path, &inner);
                        path.clear();
                    }
                    _ => {}
                }
            }
            self.leaf(&path, alias);
        }
    }

    fn leaf(&mut self, path: &[String], alias: Option<String>) {
        match path {
            [only] if self.crates.contains(only) => self.crates.extend(alias),
            [root, .., name] => {
                let Some(kind) = Kind::named(name) else { return };
                let ours = self.is_ours(root).then_some(kind);
                let known = self.names.entry(alias.unwrap_or_else(|| name.clone())).or_default();
                *known = known.or(ours);
            }
            _ => {}
        }
    }
}

fn is_punct(tree: &TokenTree, mark: char) -> bool {
    matches!(tree, TokenTree::Punct(punct) if punct.as_char() == mark)
}
