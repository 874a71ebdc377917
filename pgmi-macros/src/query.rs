//! `query!("select …", name = expression)` and `query_file!("path.sql", …)`.
//!
//! The build script has left a file for the SQL, under a hash of it: a binding that is included here, or what is
//! wrong with it.

use std::path::Path;

use pgmi_engine::codegen::InlineHead;
use pgmi_engine::inline::key;
use pgmi_engine::inline::left::{FOLDER, Refusal, binding_file, refusal_file};
use proc_macro2::{Span, TokenStream};
use quote::quote;

use crate::arguments::{Argument, split};
use crate::literal::{self, Text};
use crate::parameters::{Values, values};
use crate::refusal::Refused;
use crate::unseen::unseen;
use crate::{include, sources};

const SQL: &str = "the SQL must stand here as one string literal: PostgreSQL reads it when the crate is built\n\
     write it out, over several lines if it is long: r#\"select …\"#; or in a file of its own, for pgmi::query_file!\n\
     what is only known at run time can be a parameter: $name";

const FILE: &str = "the path of a file is wanted, as one string literal: query_file!(\"queries/album.sql\")\n\
     it starts at the folder of Cargo.toml";

/// `query!`
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let (text, rest) = match literal::first(input, SQL) {
        Ok(found) => found,
        Err(refused) => return refused.expression(),
    };
    made(&text, &text.value, &split(rest))
}

/// `query_file!`
pub(crate) fn expand_file(input: TokenStream) -> TokenStream {
    let (path, rest) = match literal::first(input, FILE) {
        Ok(found) => found,
        Err(refused) => return refused.expression(),
    };
    match std::fs::read_to_string(sources::package().join(&path.value)) {
        Ok(sql) => made(&path, &sql, &split(rest)),
        Err(error) => {
            let message = format!(
                "cannot read `{}`: {error}\nthe path starts at the folder of Cargo.toml",
                path.value
            );
            Refused::at(path.span(), message).expression()
        }
    }
}

fn made(text: &Text, sql: &str, arguments: &[Argument]) -> TokenStream {
    binding(text, sql, arguments).unwrap_or_else(Refused::expression)
}

fn binding(text: &Text, sql: &str, arguments: &[Argument]) -> Result<TokenStream, Refused> {
    let span = text.span();
    let folder = sources::folder().map_err(|message| Refused::at(span, message))?;
    let key = key(sql);
    let Ok(binding) = std::fs::read_to_string(folder.join(binding_file(&key))) else {
        return Err(refused(&folder, &key, span));
    };
    let head = InlineHead::of(&binding).unwrap_or_default();
    let types = if head.types { types(&folder, span)? } else { TokenStream::new() };
    let Values { patterns, given, arguments } = values(&head, arguments, span)?;
    let (file, lints) = (format!("/{FOLDER}/{}", binding_file(&key)), include::lints());
    let query = quote! {{
        #lints
        mod query {
            #types
            const PLACE: &str = ::core::concat!(::core::file!(), ":", ::core::line!());
            ::core::include!(::core::concat!(::core::env!("OUT_DIR"), #file));
        }
        query::Query::new(#(#arguments),*)
    }};
    // What the arguments borrow from lives as long as the statement around the macro, which only a `match` does.
    Ok(match given.is_empty() {
        true => query,
        false => quote!(match (#(#given,)*) { (#(#patterns,)*) => #query }),
    })
}

/// The module with the database's own types, for a query that mentions them.
fn types(folder: &Path, span: Span) -> Result<TokenStream, Refused> {
    match sources::types(&sources::read(folder)) {
        Some(module) => Ok(quote!(use #module::types;)),
        None => Err(Refused::at(
            span,
            "this query mentions types of the database's own, which need a place in the crate\n\
             give them one: mod db { pgmi::include_queries!(); }",
        )),
    }
}

/// What PostgreSQL says against it at this very place; else that nobody has seen it.
fn refused(folder: &Path, key: &str, span: Span) -> Refused {
    let text = std::fs::read(folder.join(refusal_file(key))).unwrap_or_default();
    let refusals: Vec<Refusal> = serde_json::from_slice(&text).unwrap_or_default();
    // The compiler's own span, which knows where it is; inside a macro there always is one.
    let place = span.unwrap();
    let file = sources::in_package(&place.file());
    let is_here =
        |it: &&Refusal| it.line == place.line() && file.as_deref() == Some(it.file.as_str());
    match refusals.iter().find(is_here).or(refusals.first()) {
        Some(refusal) => {
            let messages = refusal.messages.iter().map(|it| (span, it.clone()));
            Refused::check(messages.collect()).err().unwrap_or_else(|| unseen(folder, span))
        }
        None => unseen(folder, span),
    }
}
