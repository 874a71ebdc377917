//! What a macro has to say to the user.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};

/// What is wrong, each at its place; never empty.
pub(crate) struct Refused(Vec<(Span, String)>);

impl Refused {
    pub fn at(span: Span, message: impl Into<String>) -> Self {
        Self(vec![(span, message.into())])
    }

    /// All of it, if there is anything.
    pub fn check(findings: Vec<(Span, String)>) -> Result<(), Self> {
        if findings.is_empty() { Ok(()) } else { Err(Self(findings)) }
    }

    /// Errors of the compiler, as one expression. Its type is unknown, so that what is done with it is no error
    /// as well.
    pub fn expression(self) -> TokenStream {
        let errors = self
            .0
            .into_iter()
            .map(|(span, message)| quote_spanned!(span=> ::core::compile_error!(#message)));
        let errors: Vec<_> = errors.collect();
        match &errors[..] {
            [only] => only.clone(),
            _ => quote!({ #(#errors);* }),
        }
    }
}
