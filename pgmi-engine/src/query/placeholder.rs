//! Placeholders: `$name`, `:name` or `$1`, one style a query.

use std::ops::Range;

use super::colon::{Colon, Colons};
use crate::diagnostic::{Code, Diagnostic, SourceText};
use crate::sql::{Token, TokenKind, tokens};
use crate::{Error, Result};

/// PostgreSQL numbers parameters with 16 bits.
const MAX_PARAMETERS: usize = 65_535;

/// How placeholders are spelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    /// `$name`
    Dollar,
    /// `:name`
    Colon,
    /// `$1`
    Native,
}

/// One parameter: its name, and everywhere it stands in the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placeholder {
    /// As written, case kept; `p1` for `$1`.
    pub name: String,
    /// Bytes of the source, `$` or `:` included, in order. Never empty.
    pub spans: Vec<Range<usize>>,
}

/// One place where a placeholder stands.
pub(super) struct Occurrence {
    pub style: Style,
    /// What follows `$` or `:`.
    pub name: String,
    pub span: Range<usize>,
}

/// Every placeholder of a statement in order, and what is wrong with them.
pub(super) fn find(
    source: &SourceText,
    statement: Range<usize>,
) -> (Vec<Occurrence>, Vec<Diagnostic>) {
    let text = &source.text()[..statement.end];
    let all: Vec<Token> = tokens(&text[statement.start..])
        .map(|token| Token { span: shift(&token.span, statement.start), ..token })
        .collect();
    let (mut found, mut findings) = (Vec::new(), Vec::new());
    let mut colons = Colons::new(text);
    for (at, token) in all.iter().enumerate() {
        let next = all.get(at + 1);
        let word = next.filter(|next| next.kind == TokenKind::Word);
        let digits = next.filter(|next| next.kind == TokenKind::Number);
        if let Some(digits) = digits.filter(|_| colons.would_be_placeholder(token)) {
            findings.push(numbered(source, token, digits));
        }
        let colon = colons.read(token, word);
        match (token.kind, word) {
            (TokenKind::Parameter, _) => found.push(native(text, token)),
            (TokenKind::Unknown, Some(word)) if token.text(text) == "$" => {
                found.push(named(text, Style::Dollar, token, word));
            }
            (TokenKind::Unknown, None) if token.text(text) == "$" => {
                findings.push(nameless(source, token));
            }
            (_, Some(word)) => match colon {
                Colon::Placeholder => found.push(named(text, Style::Colon, token, word)),
                Colon::Ambiguous => findings.push(ambiguous(source, token, word)),
                Colon::Text => {}
            },
            _ => {}
        }
    }
    findings.extend(found.iter().filter_map(|one| odd_name(source, one)));
    findings.extend(mixed(source, &found));
    (found, findings)
}

/// The parameters in the order of their numbers: first appearance, or what `$n` says.
pub(super) fn number(source: &SourceText, found: &[Occurrence]) -> Result<Vec<Placeholder>> {
    let mut parameters: Vec<Placeholder> = Vec::new();
    for one in found.iter().filter(|one| one.style != Style::Native) {
        match parameters.iter_mut().find(|parameter| parameter.name == one.name) {
            Some(parameter) => parameter.spans.push(one.span.clone()),
            None => parameters
                .push(Placeholder { name: one.name.clone(), spans: vec![one.span.clone()] }),
        }
    }
    number_native(source, found, &mut parameters)?;
    Error::check(same_but_for_case(source, &parameters))?;
    Ok(parameters)
}

fn number_native(
    source: &SourceText,
    found: &[Occurrence],
    parameters: &mut Vec<Placeholder>,
) -> Result<()> {
    let mut native: Vec<(usize, &Occurrence)> = Vec::new();
    for one in found.iter().filter(|one| one.style == Style::Native) {
        match one.name.parse() {
            Ok(number @ 1..=MAX_PARAMETERS) => native.push((number, one)),
            _ => return Err(out_of_range(source, one).into()),
        }
    }
    // Stable: the places of one parameter stay in order.
    native.sort_by_key(|(number, _)| *number);
    for (number, one) in native {
        match number.checked_sub(parameters.len()) {
            Some(0) => parameters[number - 1].spans.push(one.span.clone()),
            Some(1) => parameters
                .push(Placeholder { name: format!("p{number}"), spans: vec![one.span.clone()] }),
            _ => return Err(gap(source, one, parameters.len() + 1).into()),
        }
    }
    Ok(())
}

fn native(text: &str, token: &Token) -> Occurrence {
    let name = token.text(text)[1..].to_owned();
    Occurrence { style: Style::Native, name, span: token.span.clone() }
}

fn named(text: &str, style: Style, mark: &Token, word: &Token) -> Occurrence {
    Occurrence { style, name: word.text(text).to_owned(), span: mark.span.start..word.span.end }
}

fn shift(span: &Range<usize>, by: usize) -> Range<usize> {
    span.start + by..span.end + by
}

fn nameless(source: &SourceText, token: &Token) -> Diagnostic {
    Diagnostic::error(Code::PlaceholderName, "a `$` without a name")
        .at(source, token.span.clone(), "")
        .help("write $name, :name or $1; a dollar in text belongs in quotes")
}

fn numbered(source: &SourceText, colon: &Token, digits: &Token) -> Diagnostic {
    let number = digits.text(source.text());
    Diagnostic::error(Code::PlaceholderName, format!("`:{number}` is no placeholder"))
        .at(source, colon.span.start..digits.span.end, "")
        .help(format!("write ${number}, or a name: $name, :name"))
}

fn odd_name(source: &SourceText, one: &Occurrence) -> Option<Diagnostic> {
    let fits = one.name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && one.name.bytes().any(|byte| byte.is_ascii_alphanumeric());
    (!fits).then(|| {
        let message = format!("`{}` cannot be the name of a parameter", one.name);
        Diagnostic::error(Code::PlaceholderName, message)
            .at(source, one.span.clone(), "")
            .help("use the letters a to z, digits and underscores, a letter first")
    })
}

fn ambiguous(source: &SourceText, colon: &Token, word: &Token) -> Diagnostic {
    let name = word.text(source.text());
    Diagnostic::error(
        Code::PlaceholderAmbiguous,
        format!("`[:{name}` can be a placeholder or a slice up to `{name}`"),
    )
    .at(source, colon.span.start..word.span.end, "")
    .help(format!("for the placeholder write [(:{name}), for the slice [: {name}"))
}

/// At the first placeholder whose style is not that of the first.
fn mixed(source: &SourceText, found: &[Occurrence]) -> Option<Diagnostic> {
    let first = found.first()?;
    let other = found.iter().find(|one| one.style != first.style)?;
    let spelled = |one: &Occurrence| source.text()[one.span.clone()].to_owned();
    let message = format!(
        "`{}` and `{}` are two styles of placeholders in one query",
        spelled(first),
        spelled(other)
    );
    Some(
        Diagnostic::error(Code::PlaceholderStyle, message)
            .at(source, other.span.clone(), "the second style")
            .and_at(source, first.span.clone(), "the first style")
            .help("use one of $name, :name and $1 throughout"),
    )
}

fn out_of_range(source: &SourceText, one: &Occurrence) -> Diagnostic {
    let message = format!("there is no parameter ${}", one.name);
    Diagnostic::error(Code::PlaceholderNumber, message)
        .at(source, one.span.clone(), "")
        .help(format!("number parameters from $1 to ${MAX_PARAMETERS}"))
}

fn gap(source: &SourceText, one: &Occurrence, missing: usize) -> Diagnostic {
    let message = format!("${} is used, but ${missing} is not", one.name);
    Diagnostic::error(Code::PlaceholderNumber, message).at(source, one.span.clone(), "").help(
        "number the parameters without gaps: PostgreSQL cannot tell the type of an unused one",
    )
}

/// SQL folds case, and so do people: `$userId` and `$userid` are hardly meant to be two parameters.
fn same_but_for_case(source: &SourceText, parameters: &[Placeholder]) -> Vec<Diagnostic> {
    let twin = |at: usize| {
        parameters[..at].iter().find(|one| one.name.eq_ignore_ascii_case(&parameters[at].name))
    };
    let pairs = (1..parameters.len()).filter_map(|at| Some((twin(at)?, &parameters[at])));
    pairs
        .map(|(first, second)| {
            let message = format!("`{}` and `{}` differ only in case", first.name, second.name);
            Diagnostic::error(Code::PlaceholderName, message)
                .at(source, second.spans[0].clone(), "")
                .and_at(source, first.spans[0].clone(), "the other one")
                .help("spell them alike, or give them different names")
        })
        .collect()
}
