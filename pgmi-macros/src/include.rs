//! `include_queries!()`: what the build script generated.

use std::path::Path;

use proc_macro2::TokenStream;
use quote::quote;

/// Where the build script leaves the bindings, below `OUT_DIR`.
const FILE: &str = "/pgmi/queries.rs";

pub(crate) const NO_BUILD_SCRIPT: &str = "this crate has no build script, which makes the bindings\n\
     add a build.rs with `fn main() { pgmi_build::compile() }` and `cargo add --build pgmi-build`";

pub(crate) const NO_BINDINGS: &str = "the build script of this crate made no bindings\n\
     call `pgmi_build::compile()` in its build.rs";

/// The bindings, or what is missing for them.
pub(crate) fn expand() -> TokenStream {
    match missing() {
        Some(message) => quote!(::core::compile_error!(#message);),
        None => {
            let lints = lints();
            quote! {
                #lints
                mod queries {
                    ::core::include!(::core::concat!(::core::env!("OUT_DIR"), #FILE));
                }
                pub use self::queries::*;
            }
        }
    }
}

/// What is generated is complete, and a program may use a part of it; it is the same in a module that nobody else
/// sees. How the user's own code is written is not its business.
pub(crate) fn lints() -> TokenStream {
    quote! {
        #[allow(
            dead_code,
            missing_copy_implementations,
            missing_debug_implementations,
            missing_docs,
            single_use_lifetimes,
            unreachable_pub,
            unused_imports,
            unused_qualifications,
            clippy::all,
            clippy::pedantic,
            clippy::nursery
        )]
    }
}

fn missing() -> Option<&'static str> {
    let Some(folder) = std::env::var_os("OUT_DIR") else { return Some(NO_BUILD_SCRIPT) };
    let file = Path::new(&folder).join(FILE.trim_start_matches('/'));
    (!file.exists()).then_some(NO_BINDINGS)
}
