//! `embed!("db")`: a folder becomes a value made of `include_str!`.

use std::path::Path;

use pgmi_engine::diagnostic::{Code, Diagnostic, render};
use pgmi_engine::project::{Configuration, OpenOptions, Project};
use pgmi_engine::{Error, Result};
use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::LitStr;

/// The value, or a compiler error for each finding.
pub(crate) fn expand(folder: &LitStr) -> TokenStream {
    match open(&folder.value()) {
        Ok(project) => value(&project, &folder.value()),
        // The value keeps the compiler from complaining about its type as well.
        Err(error) => {
            let messages = errors(&error, &folder.value(), folder.span());
            quote!({ #messages ::pgmi::Embedded::new(&[]) })
        }
    }
}

fn open(folder: &str) -> Result<Project> {
    let manifest = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default();
    let root = Path::new(&manifest).join(folder);
    let project = Project::open(&root, &OpenOptions::default())
        .map_err(|error| error.map(|finding| relative(finding, &manifest.to_string_lossy())))?;
    Configuration::of(&project)?;
    Ok(project)
}

/// The folder as the macro's user wrote it, whichever machine this is.
fn relative(mut finding: Diagnostic, manifest: &str) -> Diagnostic {
    if finding.code == Code::ProjectNotFound || finding.code == Code::DeploySqlMissing {
        finding.message = finding.message.replace(&format!("{manifest}/"), "");
    }
    finding
}

/// A compiler error for each finding.
pub(crate) fn errors(error: &Error, folder: &str, span: Span) -> TokenStream {
    let messages = error.diagnostics().iter().map(|finding| {
        let finding = match folder.is_empty() {
            true => finding.clone(),
            false => finding.clone().in_folder(folder),
        };
        let rendered = render::render(&finding, false);
        // The compiler says "error" itself.
        let message = rendered.strip_prefix("error").unwrap_or(&rendered).to_owned();
        quote_spanned!(span=> ::core::compile_error!(#message);)
    });
    quote!(#(#messages)*)
}

fn value(project: &Project, folder: &str) -> TokenStream {
    let loaded = ["deploy.sql"]
        .into_iter()
        .chain(project.files.iter().map(|file| file.path.as_str()))
        .chain(project.test_files.iter().map(|file| file.path.as_str()))
        .map(|path| path.strip_prefix("./").unwrap_or(path))
        .map(|path| {
            let below = format!("/{}/{path}", folder.trim_end_matches('/'));
            let content = quote!(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), #below)));
            quote!(::pgmi::EmbeddedFile::new(#path, #content))
        });
    // Their content is never loaded, only that they are there.
    let known = project.other_test_files.iter().map(|path| {
        let path = path.as_str().trim_start_matches("./");
        quote!(::pgmi::EmbeddedFile::new(#path, ""))
    });
    quote!(::pgmi::Embedded::new(&[#(#loaded,)* #(#known,)*]))
}
