//! As much of a function as an attribute needs to know.

use proc_macro2::{Group, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Ident, Token, Type, Visibility, parenthesized};

/// A function that is to be a test.
pub(super) struct Function {
    /// For the test: `#[ignore]`, `#[should_panic]`, `#[cfg]`, comments.
    pub(super) attributes: Vec<Attribute>,
    pub(super) visibility: Visibility,
    pub(super) is_async: bool,
    pub(super) name: Ident,
    /// How many it has.
    pub(super) parameters: usize,
    /// Whether it says what it returns.
    pub(super) returns: bool,
    /// The function itself, inside the test.
    pub(super) item: TokenStream,
}

impl Parse for Function {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        let visibility = input.parse()?;
        let asyncness: Option<Token![async]> = input.parse()?;
        let keyword = input.lookahead1();
        if !keyword.peek(Token![fn]) {
            return Err(input.error("a test is a function: `fn` or `async fn`"));
        }
        let keyword: Token![fn] = input.parse()?;
        let name: Ident = input.parse()?;
        if input.peek(Token![<]) {
            return Err(input.error("a test has no generic parameters"));
        }
        let parentheses;
        let delimiter = parenthesized!(parentheses in input);
        let list = parentheses.fork().parse::<TokenStream>()?;
        let parameters = count(&parentheses)?;
        let mut list = Group::new(proc_macro2::Delimiter::Parenthesis, list);
        list.set_span(delimiter.span.join());
        let (returned, body) = rest(input)?;
        let returns = !returned.is_empty();
        // What is allowed or expected concerns the code, which is in here.
        let lints = attributes.iter().filter(|it| is_lint(it));
        let item = quote!(#(#lints)* #asyncness #keyword #name #list #returned #body);
        let is_async = asyncness.is_some();
        Ok(Self { attributes, visibility, is_async, name, parameters, returns, item })
    }
}

impl Function {
    pub(super) fn should_panic(&self) -> bool {
        self.attributes.iter().any(|it| it.path().is_ident("should_panic"))
    }
}

fn is_lint(attribute: &Attribute) -> bool {
    ["allow", "expect", "warn", "deny", "forbid"].iter().any(|it| attribute.path().is_ident(it))
}

/// Patterns and types, checked by the compiler: here they only need to be told apart.
fn count(input: ParseStream<'_>) -> syn::Result<usize> {
    let mut count = 0;
    while !input.is_empty() {
        input.call(Attribute::parse_outer)?;
        if input.peek(Token![self]) || input.peek(Token![&]) {
            return Err(input.error("a test is a function, not a method"));
        }
        while !input.peek(Token![:]) || input.peek(Token![::]) {
            if input.peek(Token![::]) {
                input.parse::<Token![::]>()?;
            } else {
                input.parse::<TokenTree>()?;
            }
        }
        input.parse::<Token![:]>()?;
        input.parse::<Type>()?;
        count += 1;
        if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
    }
    Ok(count)
}

/// What it returns, and its body.
fn rest(input: ParseStream<'_>) -> syn::Result<(TokenStream, TokenTree)> {
    let mut returned = TokenStream::new();
    loop {
        match input.parse::<TokenTree>()? {
            TokenTree::Group(body)
                if body.delimiter() == proc_macro2::Delimiter::Brace && input.is_empty() =>
            {
                return Ok((returned, TokenTree::Group(body)));
            }
            other => other.to_tokens(&mut returned),
        }
    }
}
