//! From the arguments of a macro to the parameters of its query.

use pgmi_engine::codegen::{InlineHead, InlineParameter, InlinePass};
use pgmi_engine::diagnostic::nearest;
use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::quote;

use crate::arguments::Argument;
use crate::refusal::Refused;

/// The tokens around a binding.
pub(crate) struct Values {
    /// What the arguments evaluate, and the names that their values have.
    pub given: Vec<TokenStream>,
    pub patterns: Vec<Ident>,
    /// What the binding is made of.
    pub arguments: Vec<TokenStream>,
}

/// A value for each parameter.
///
/// # Errors
/// Everything that is wrong: names that the query does not have, names given twice, parameters without a value.
pub(crate) fn values(
    head: &InlineHead,
    arguments: &[Argument],
    query: Span,
) -> Result<Values, Refused> {
    let mut found: Vec<Option<&Argument>> = vec![None; head.parameters.len()];
    let mut findings = Vec::new();
    for argument in arguments {
        if argument.value.is_empty() {
            findings.push((argument.span, "an expression is missing here".to_owned()));
            continue;
        }
        match parameter(head, argument, &found) {
            Ok(at) if found[at].is_some() => {
                let name = &head.parameters[at].name;
                findings.push((argument.span, format!("`{name}` is given twice")));
            }
            Ok(at) => found[at] = Some(argument),
            Err(message) => findings.push((argument.span, message)),
        }
    }
    // One that is misspelt is missing too, and has been spoken of.
    if findings.is_empty() {
        let without = head.parameters.iter().zip(&found).filter(|(_, it)| it.is_none());
        findings.extend(
            missing(head, &without.map(|(it, _)| it).collect::<Vec<_>>()).map(|it| (query, it)),
        );
    }
    Refused::check(findings)?;
    Ok(handed_over(head, &found))
}

/// The parameter that an argument is for.
fn parameter(
    head: &InlineHead,
    argument: &Argument,
    found: &[Option<&Argument>],
) -> Result<usize, String> {
    let parameters = || head.parameters.iter();
    let named = argument.name.as_ref().and_then(|name| {
        parameters()
            .position(|it| it.name == *name)
            .or_else(|| parameters().position(|it| it.field == *name))
    });
    if let Some(at) = named {
        return Ok(at);
    }
    if head.numbered {
        let next = found.iter().position(Option::is_none);
        return next.ok_or_else(|| format!("there is no `${}` in the query", found.len() + 1));
    }
    match &argument.name {
        None if head.parameters.is_empty() => Err("the query has no parameters".to_owned()),
        None => Err(format!("say which parameter this is for: {} = …", head.parameters[0].field)),
        Some(name) => Err(unknown(head, name)),
    }
}

fn unknown(head: &InlineHead, name: &str) -> String {
    let names = || head.parameters.iter().map(|it| it.name.as_str());
    let next = match nearest(name, names()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if head.parameters.is_empty() => format!("to add one, write ${name} in the SQL"),
        None => {
            format!("it has {}", names().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", "))
        }
    };
    format!("the query has no parameter `{name}`\n{next}")
}

fn missing(head: &InlineHead, without: &[&InlineParameter]) -> Option<String> {
    let first = without.first()?;
    if head.numbered {
        return Some(format!(
            "the query has {} parameters, and {} without a value",
            head.parameters.len(),
            without.len()
        ));
    }
    let names: Vec<_> = without.iter().map(|it| format!("`{}`", it.name)).collect();
    let field = &first.field;
    Some(format!(
        "no value for {}\nadd `{field} = …` behind the SQL, or `{field}` for a variable of that name",
        names.join(", ")
    ))
}

fn handed_over(head: &InlineHead, found: &[Option<&Argument>]) -> Values {
    let mut values = Values { given: Vec::new(), patterns: Vec::new(), arguments: Vec::new() };
    for (at, (parameter, argument)) in head.parameters.iter().zip(found).enumerate() {
        let Some(argument) = argument else { continue };
        if let Some(null) = null(parameter, argument) {
            values.arguments.push(null);
            continue;
        }
        // At the user's place, so that the compiler shows a wrong type there.
        let span = Span::mixed_site().located_at(argument.span_of_value());
        let name = Ident::new(&format!("value_{at}"), span);
        let value = &argument.value;
        values.given.push(match parameter.pass {
            InlinePass::Value => value.clone(),
            InlinePass::Reference => reference(value),
        });
        values.arguments.push(quote!(#name));
        values.patterns.push(name);
    }
    values
}

/// A reference to the value; the user's own where there is one, which may become one to a slice.
fn reference(value: &TokenStream) -> TokenStream {
    let first = value.clone().into_iter().next();
    if matches!(first, Some(TokenTree::Punct(mark)) if mark.as_char() == '&') {
        return value.clone();
    }
    let value = TokenTree::Group(Group::new(Delimiter::Parenthesis, value.clone()));
    quote!(&#value)
}

/// `None`, of which nobody else would know what it is an `Option` of.
fn null(parameter: &InlineParameter, argument: &Argument) -> Option<TokenStream> {
    let is_none = !parameter.inner.is_empty() && argument.value.to_string() == "None";
    let inner: TokenStream = is_none.then(|| parameter.inner.parse().ok())??;
    Some(match parameter.pass {
        InlinePass::Value => quote!(::core::option::Option::None::<#inner>),
        InlinePass::Reference => quote!(&::core::option::Option::None::<&#inner>),
    })
}

impl Argument {
    fn span_of_value(&self) -> Span {
        self.value.clone().into_iter().next().map_or(self.span, |it| it.span())
    }
}
