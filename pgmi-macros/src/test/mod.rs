//! `#[pgmi::test]`: a function becomes a test with a database.

mod fixtures;
mod function;
mod options;

use proc_macro2::TokenStream;
use quote::quote;

use function::Function;
pub(crate) use options::parameters;
use options::{Flavor, Options};

/// The test, or what is wrong with it.
pub(crate) fn expand(options: TokenStream, item: &TokenStream) -> TokenStream {
    let function = match syn::parse2::<Function>(item.clone()) {
        Ok(function) => function,
        Err(error) => return with_item(&error, item),
    };
    let made = syn::parse2::<Options>(options)
        .and_then(|options| options.check(&function).map(|()| options))
        .and_then(|options| test(&function, &options));
    made.unwrap_or_else(|error| with_item(&error, item))
}

/// What is wrong, beside the function: what its body uses is used.
fn with_item(error: &syn::Error, item: &TokenStream) -> TokenStream {
    let error = error.to_compile_error();
    quote!(#error #[allow(dead_code, reason = "its test could not be made")] #item)
}

fn test(function: &Function, options: &Options) -> syn::Result<TokenStream> {
    let Function { attributes, visibility, name, item, .. } = function;
    let case = case(function, options)?;
    let call = call(function, options);
    let (result, end) = match function.returns {
        true => (quote!(-> ::std::process::ExitCode), quote!()),
        false => (quote!(), quote!(;)),
    };
    let text = name.to_string();
    let text = text.strip_prefix("r#").unwrap_or(&text);
    Ok(quote! {
        #[::core::prelude::v1::test]
        #(#attributes)*
        #visibility fn #name() #result {
            #item
            static CASE: ::pgmi::testing::Case = ::pgmi::testing::Case {
                path: ::core::concat!(::core::module_path!(), "::", #text),
                krate: ::core::env!("CARGO_MANIFEST_DIR"),
                #case
            };
            #call #end
        }
    })
}

fn case(function: &Function, options: &Options) -> syn::Result<TokenStream> {
    let project = match &options.project {
        Some(folder) => quote!(::core::option::Option::Some(#folder)),
        None => quote!(::core::option::Option::None),
    };
    let parameters = options.parameters.iter().map(|(key, value)| quote!((#key, #value)));
    let fixtures = options.fixtures.iter().map(|name| fixtures::find(name, options));
    let fixtures = fixtures.collect::<syn::Result<Vec<String>>>()?;
    let database = function.parameters > 0;
    let (rollback, should_panic) = (options.rollback.is_some(), function.should_panic());
    Ok(quote! {
        project: #project,
        parameters: &[#(#parameters),*],
        fixtures: &[#(#fixtures),*],
        database: #database,
        rollback: #rollback,
        should_panic: #should_panic,
    })
}

fn call(function: &Function, options: &Options) -> TokenStream {
    let name = &function.name;
    let each = 0..function.parameters;
    if function.is_async {
        let flavor = match options.flavor {
            Flavor::CurrentThread => quote!(CurrentThread),
            Flavor::MultiThread(None) => quote!(MultiThread(::core::option::Option::None)),
            Flavor::MultiThread(Some(workers)) => {
                quote!(MultiThread(::core::option::Option::Some(#workers)))
            }
        };
        let arguments = each.map(|_| quote!(test.argument().await?));
        quote! {
            ::pgmi::testing::asynchronous(&CASE, ::pgmi::testing::Flavor::#flavor, async |test| {
                ::core::result::Result::Ok(#name(#(#arguments),*).await)
            })
        }
    } else {
        let arguments = each.map(|_| quote!(test.blocking_argument()?));
        quote! {
            ::pgmi::testing::blocking(&CASE, |test| {
                ::core::result::Result::Ok(#name(#(#arguments),*))
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the compiler is told.
    fn said(options: TokenStream, item: &TokenStream) -> String {
        let text = expand(options, item).to_string();
        let message =
            text.split("compile_error ! { \"").nth(1).and_then(|it| it.split("\" }").next());
        message.unwrap_or_default().to_owned()
    }

    #[test]
    fn wrong_options_are_named() {
        let test = quote!(
            async fn a(db: pgmi::TestDatabase) {}
        );
        for (options, message) in [
            (quote!(rollbak), "there is no option `rollbak`; there are rollback, project"),
            (quote!(rollback, rollback), "`rollback` is said twice"),
            (
                quote!(flavor = "threads"),
                "there is `current_thread`, the default, and `multi_thread`",
            ),
            (quote!(worker_threads = 0), "at least one thread has to work"),
            (
                quote!(flavor = "current_thread", worker_threads = 2),
                "one thread has no worker threads",
            ),
            (
                quote!(worker_threads = 2, flavor = "current_thread"),
                "one thread has no worker threads",
            ),
            (quote!(project = db), "expected string literal"),
            (quote!(parameters(env = 1)), "expected string literal"),
        ] {
            assert!(said(options.clone(), &test).contains(message), "{}", said(options, &test));
        }
        for fine in
            [quote!(), quote!(rollback, parameters(a = "b", "c-d" = "e")), quote!(project = "x")]
        {
            assert_eq!(said(fine, &test), "");
        }
    }

    #[test]
    fn functions_that_cannot_be_tests_are_named() {
        for (item, message) in [
            (
                quote!(
                    struct A;
                ),
                "a test is a function",
            ),
            (
                quote!(
                    fn a<T>() {}
                ),
                "a test has no generic parameters",
            ),
            (
                quote!(
                    fn a(&self) {}
                ),
                "a test is a function, not a method",
            ),
        ] {
            assert!(said(quote!(), &item).contains(message), "{item}");
        }
        let none = quote!(
            async fn a() {}
        );
        assert!(said(quote!(rollback), &none).contains("takes one `pgmi::TestDatabase`"));
        let blocking = quote!(
            fn a() {}
        );
        assert!(
            said(quote!(flavor = "multi_thread"), &blocking).contains("this one has no runtime")
        );
    }

    #[test]
    fn parameters_are_counted_whatever_their_patterns_and_types() {
        let item = quote! {
            #[ignore]
            async fn a(mut a: A<B, C>, B { x, .. }: b::B, #[allow(unused)] (c, d): (C, fn(E) -> F),) {}
        };
        let function = syn::parse2::<Function>(item).ok();
        assert_eq!(function.map(|it| it.parameters), Some(3));
    }
}
