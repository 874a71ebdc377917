//! What a lone `:` is: the mark of a placeholder, or PostgreSQL's own.
//!
//! PostgreSQL has a colon of its own in slices (`a[1:n]`) and in `json_object(k : v)`, and nowhere else.
//! There it follows a value, and a placeholder never does: two values do not stand side by side.

use crate::sql::{Token, TokenKind};

/// What a token is, as far as colons go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Colon {
    Placeholder,
    /// Directly behind the `[` of a subscript, where both readings make sense.
    Ambiguous,
    /// PostgreSQL's own, or no colon at all.
    Text,
}

/// Words that are no value: what follows them begins one.
const BEFORE_VALUE: &[&str] = &[
    "all", "and", "any", "as", "between", "by", "case", "collate", "distinct", "else", "from",
    "ilike", "in", "is", "like", "not", "or", "over", "similar", "some", "then", "to", "value",
    "when",
];

/// Follows a statement token by token.
pub(super) struct Colons<'a> {
    text: &'a str,
    open: Vec<Open>,
    previous: Previous,
}

/// What is open around a token.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    /// `x[…]`
    Subscript,
    /// `array[…]` and the brackets inside it
    Array,
    /// `json_object(…)`
    JsonObject,
    Other,
}

/// The last token that is not blank.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Previous {
    /// A literal, a placeholder, or what closes a parenthesis or bracket.
    Value,
    /// A word that may be a value, or a key word that may not.
    Word,
    ArrayWord,
    JsonWord,
    BracketOpen,
    Comma,
    /// The `$` or `:` of a placeholder, whose name follows.
    Mark,
    Other,
}

impl<'a> Colons<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { text, open: Vec::new(), previous: Previous::Other }
    }

    /// What `token` is, given the word directly behind it.
    pub fn read(&mut self, token: &Token, word: Option<&Token>) -> Colon {
        if token.is_blank() {
            return Colon::Text;
        }
        let colon = match word {
            Some(_) if token.is_symbol(self.text, ":") => self.judge(),
            _ => Colon::Text,
        };
        self.observe(token, colon);
        colon
    }

    /// Whether `token` is a colon that would begin a placeholder, if a word stood behind it.
    pub fn would_be_placeholder(&self, token: &Token) -> bool {
        token.is_symbol(self.text, ":") && self.judge() == Colon::Placeholder
    }

    fn judge(&self) -> Colon {
        let inside = self.open.last().copied().unwrap_or(Open::Other);
        match (inside, self.previous) {
            (Open::Subscript, Previous::BracketOpen) => Colon::Ambiguous,
            (Open::Subscript | Open::JsonObject, Previous::Value | Previous::Word) => Colon::Text,
            _ => Colon::Placeholder,
        }
    }

    fn observe(&mut self, token: &Token, colon: Colon) {
        let text = token.text(self.text);
        match text {
            "[" => self.open.push(self.bracket()),
            "(" if self.previous == Previous::JsonWord => self.open.push(Open::JsonObject),
            "(" => self.open.push(Open::Other),
            "]" | ")" => drop(self.open.pop()),
            _ => {}
        }
        self.previous = match (token.kind, text) {
            (TokenKind::Word, _) if self.previous == Previous::Mark => Previous::Value,
            (TokenKind::Word, _) => word_kind(text),
            (TokenKind::Unknown, "$") => Previous::Mark,
            _ if colon == Colon::Placeholder => Previous::Mark,
            (TokenKind::Symbol, "]" | ")") => Previous::Value,
            (TokenKind::Symbol, "[") => Previous::BracketOpen,
            (TokenKind::Symbol, ",") => Previous::Comma,
            (TokenKind::Symbol | TokenKind::Unknown | TokenKind::Semicolon, _) => Previous::Other,
            _ => Previous::Value,
        };
    }

    fn bracket(&self) -> Open {
        let nested = self.open.last() == Some(&Open::Array)
            && matches!(self.previous, Previous::BracketOpen | Previous::Comma);
        if nested || self.previous == Previous::ArrayWord { Open::Array } else { Open::Subscript }
    }
}

fn word_kind(word: &str) -> Previous {
    let is = |known: &str| word.eq_ignore_ascii_case(known);
    if is("array") {
        Previous::ArrayWord
    } else if is("json_object") || is("json_objectagg") {
        Previous::JsonWord
    } else if BEFORE_VALUE.iter().any(|known| is(known)) {
        Previous::Other
    } else {
        Previous::Word
    }
}
