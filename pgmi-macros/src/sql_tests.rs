//! `sql_tests!()`: a test for each SQL test file, in modules like its folders.

use std::collections::BTreeMap;
use std::path::PathBuf;

use pgmi_engine::manifest::CrateSettings;
use pgmi_engine::project::{OpenOptions, Project};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::parse::{Parse, ParseStream};
use syn::{LitStr, Token};

use crate::embed::errors;
use crate::test::parameters;

/// What stands in the parentheses.
#[derive(Default)]
pub(crate) struct SqlTests {
    project: Option<LitStr>,
    parameters: Vec<(String, LitStr)>,
}

impl Parse for SqlTests {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut tests = Self::default();
        if input.peek(LitStr) {
            tests.project = Some(input.parse()?);
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        if !input.is_empty() {
            let expected = "expected the project's folder, or parameters(key = \"…\")";
            let name: Ident = input.parse().map_err(|_| input.error(expected))?;
            if name != "parameters" {
                let message = "after the project's folder there may be parameters(key = \"…\")";
                return Err(syn::Error::new(name.span(), message));
            }
            tests.parameters = parameters(input)?;
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(tests)
    }
}

/// The tests, or a compiler error for each finding.
pub(crate) fn expand(tests: &SqlTests) -> TokenStream {
    let root = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let settings = match CrateSettings::read(&root.join("Cargo.toml")) {
        Ok(settings) => settings,
        Err(error) => return errors(&error, "", Span::call_site()),
    };
    let said = tests.project.as_ref().map(LitStr::value);
    let of_crate = settings.project.map(|it| it.display().to_string());
    let folder = said.or(of_crate).unwrap_or_else(|| "db".to_owned());
    let span = tests.project.as_ref().map_or_else(Span::call_site, LitStr::span);
    match Project::open(&root.join(&folder), &OpenOptions::default()) {
        Ok(project) => modules(tests, &folder, &project),
        Err(error) => errors(&error, &folder, span),
    }
}

/// Folders with what is in them.
#[derive(Default)]
struct Module {
    modules: BTreeMap<String, Module>,
    tests: Vec<(String, String)>,
}

fn modules(tests: &SqlTests, folder: &str, project: &Project) -> TokenStream {
    let mut root = Module::default();
    let files = project.test_files.iter().filter(|file| !file.path.is_fixture());
    for file in files.clone() {
        let path = file.path.as_str();
        let mut parts: Vec<&str> = path.trim_start_matches("./").split('/').collect();
        let name = parts.pop().unwrap_or_default();
        let name = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let module = parts
            .iter()
            .fold(&mut root, |module, part| module.modules.entry(identifier(part)).or_default());
        module.add(identifier(name), path);
    }
    let constants = constants(tests, folder, project, files.map(|file| file.path.as_str()));
    let modules = root.tokens(0);
    quote! {
        #constants
        #modules
    }
}

/// What the tests have in common, and what makes the compiler look again.
fn constants<'a>(
    tests: &SqlTests,
    folder: &str,
    project: &Project,
    paths: impl Iterator<Item = &'a str>,
) -> TokenStream {
    let read = project.test_files.iter().map(|file| {
        let below = format!("/{folder}/{}", file.path.as_str().trim_start_matches("./"));
        quote!(
            const _: &[u8] =
                ::core::include_bytes!(::core::concat!(::core::env!("CARGO_MANIFEST_DIR"), #below));
        )
    });
    let said = match &tests.project {
        Some(folder) => quote!(::core::option::Option::Some(#folder)),
        None => quote!(::core::option::Option::None),
    };
    let parameters = tests.parameters.iter().map(|(key, value)| quote!((#key, #value)));
    quote! {
        #(#read)*
        const fn __pgmi_case(path: &'static str) -> ::pgmi::testing::Case {
            ::pgmi::testing::Case {
                path,
                krate: ::core::env!("CARGO_MANIFEST_DIR"),
                project: #said,
                parameters: &[#(#parameters),*],
                fixtures: &[],
                database: false,
                rollback: false,
                should_panic: false,
            }
        }
        /// A file that came since this was compiled has no test of its own yet.
        #[::core::prelude::v1::test]
        fn every_sql_test_is_compiled() {
            static CASE: ::pgmi::testing::Case =
                __pgmi_case(::core::concat!(::core::module_path!(), "::every_sql_test_is_compiled"));
            ::pgmi::testing::sql_tests_are(&CASE, &[#(#paths),*]);
        }
    }
}

impl Module {
    /// Two files may come to the same name.
    fn add(&mut self, name: String, path: &str) {
        let free = |name: &String| self.tests.iter().all(|(known, _)| known != name);
        let numbered = (2..).map(|number| format!("{name}_{number}"));
        let name = std::iter::once(name.clone()).chain(numbered).find(free).unwrap_or(name);
        self.tests.push((name, path.to_owned()));
    }

    fn tokens(&self, depth: usize) -> TokenStream {
        let up = std::iter::repeat_n(quote!(super::), depth);
        let case = quote!(#(#up)* __pgmi_case);
        let tests = self.tests.iter().map(|(name, path)| {
            let text = name.strip_prefix("r#").unwrap_or(name);
            let name = ident(name);
            quote! {
                #[::core::prelude::v1::test]
                fn #name() {
                    static CASE: ::pgmi::testing::Case =
                        #case(::core::concat!(::core::module_path!(), "::", #text));
                    ::pgmi::testing::sql_test(&CASE, #path);
                }
            }
        });
        let modules = self.modules.iter().map(|(name, module)| {
            let (name, tokens) = (ident(name), module.tokens(depth + 1));
            quote!(mod #name { #tokens })
        });
        quote!(#(#tests)* #(#modules)*)
    }
}

/// A name of a file as one of Rust: `a-b` is `a_b`, `1` is `_1`, `move` is `r#move`.
fn identifier(name: &str) -> String {
    let word = |c: char| if c.is_alphanumeric() || c == '_' { c } else { '_' };
    let text: String = name.chars().map(word).collect();
    let text = match text.chars().next() {
        Some(first) if !first.is_numeric() && text != "_" => text,
        _ => format!("_{text}"),
    };
    if syn::parse_str::<Ident>(&text).is_ok() {
        return text;
    }
    match syn::parse_str::<Ident>(&format!("r#{text}")) {
        Ok(_) => format!("r#{text}"),
        // `self`, `super`, `crate`, `Self`, and letters that no name may have.
        Err(_) => format!("{}_", text.replace(|c: char| !c.is_ascii_alphanumeric(), "_")),
    }
}

fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(rest) => Ident::new_raw(rest, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_file_name_becomes_a_name_of_rust() {
        for (name, expected) in [
            ("test_cart", "test_cart"),
            ("__test__", "__test__"),
            ("a-b c", "a_b_c"),
            ("1", "_1"),
            ("_", "__"),
            ("move", "r#move"),
            ("self", "self_"),
            ("größe", "größe"),
        ] {
            assert_eq!(identifier(name), expected);
            ident(&identifier(name));
        }
    }

    #[test]
    fn names_that_come_out_the_same_are_numbered() {
        let mut module = Module::default();
        for path in ["a-b", "a_b", "a b"] {
            module.add(identifier(path), path);
        }
        let names: Vec<_> = module.tests.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["a_b", "a_b_2", "a_b_3"]);
    }
}
