//! From the text of a Rust file to the calls in it.

use std::ops::Range;

use memchr::memmem;
use proc_macro2::{Group, TokenStream, TokenTree};

use super::call::{Call, Kind, Scan};
use super::call_path::{macro_before, module_before};
use super::imports::Imports;

/// What one file holds; nothing where it is no Rust, which the compiler will say.
pub(super) fn scan(text: &str, crates: &[String]) -> Scan {
    if !is_worth_reading(text) {
        return Scan::default();
    }
    let Ok(stream) = text.parse::<TokenStream>() else { return Scan::default() };
    let imports = Imports::of(&stream, crates);
    let mut scanner = Scanner { text, read: 0, imports, scan: Scan::default() };
    scanner.walk(stream, &mut Vec::new());
    scanner.scan
}

/// Cheap, and right whenever it says no: each of the macros has this in its name, wherever it is renamed to.
fn is_worth_reading(text: &str) -> bool {
    ["query", "include_queries"]
        .iter()
        .any(|word| memmem::find(text.as_bytes(), word.as_bytes()).is_some())
}

struct Scanner<'a> {
    text: &'a str,
    /// Where the latest literal ends.
    read: usize,
    imports: Imports,
    scan: Scan,
}

impl Scanner<'_> {
    fn walk(&mut self, stream: TokenStream, module: &mut Vec<String>) {
        let trees: Vec<TokenTree> = stream.into_iter().collect();
        for (at, tree) in trees.iter().enumerate() {
            if let TokenTree::Group(group) = tree {
                self.group(&trees[..at], group, module);
            }
        }
    }

    fn group(&mut self, before: &[TokenTree], group: &Group, module: &mut Vec<String>) {
        if let Some(kind) = macro_before(before).and_then(|path| self.imports.kind(&path)) {
            self.call(kind, group, module);
        }
        let name = module_before(before);
        let depth = module.len();
        module.extend(name);
        self.walk(group.stream(), module);
        module.truncate(depth);
    }

    fn call(&mut self, kind: Kind, arguments: &Group, module: &[String]) {
        if kind == Kind::Bindings {
            self.scan.bindings.push(module.to_vec());
        } else if let Some(TokenTree::Literal(literal)) = arguments.stream().into_iter().next()
            && let Some(literal) = find(self.text, self.read, &literal.to_string())
        {
            self.read = literal.end;
            self.scan.calls.push(Call { kind, literal });
        }
    }
}

/// The bytes of a literal, behind those before it.
///
/// Tokens know their places only with a feature of `proc-macro2` that would compile every macro of the user's
/// crates anew. They come in the order of the text, though; only a comment can hold the same literal earlier.
fn find(text: &str, from: usize, literal: &str) -> Option<Range<usize>> {
    let (rest, needle) = (text.get(from..)?, literal.as_bytes());
    let mut places = memmem::find_iter(rest.as_bytes(), needle).map(|at| from + at);
    let first = places.clone().next()?;
    let start = places.find(|at| !is_in_comment(text, *at)).unwrap_or(first);
    Some(start..start + literal.len())
}

fn is_in_comment(text: &str, at: usize) -> bool {
    let line = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    text[line..at].trim_start().starts_with("//")
}
