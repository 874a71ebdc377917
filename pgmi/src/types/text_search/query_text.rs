//! `tsquery` as text: `infix` in tsquery.c, without its recursion.

use std::fmt;

use super::lexeme::Quoted;
use super::{QueryItem, TsQuery};

/// Part of a query as text, and how strongly its outermost operator binds.
struct Part {
    text: String,
    priority: u8,
    is_phrase: bool,
}

impl Part {
    /// In parentheses where the operator around it binds more strongly.
    fn inside(self, priority: u8, right_of_phrase: bool) -> String {
        if self.priority < priority || (self.is_phrase && right_of_phrase) {
            format!("( {} )", self.text)
        } else {
            self.text
        }
    }
}

/// `'fat' & !( 'rat' | 'cat':*A )`.
impl fmt::Display for TsQuery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Backwards this is postfix notation, the left operand first.
        let mut parts: Vec<Part> = Vec::new();
        for item in self.items().iter().rev() {
            let part = match item {
                QueryItem::Word { .. } => {
                    Part { text: word(item), priority: u8::MAX, is_phrase: false }
                }
                QueryItem::Not => not(parts.pop().ok_or(fmt::Error)?),
                QueryItem::And | QueryItem::Or | QueryItem::Phrase(_) => {
                    let (right, left) = (parts.pop(), parts.pop());
                    binary(item, left.ok_or(fmt::Error)?, right.ok_or(fmt::Error)?)
                }
            };
            parts.push(part);
        }
        parts.pop().map_or(Ok(()), |part| f.write_str(&part.text))
    }
}

// `tsearch_op_priority` in tsquery.c.
const OR: u8 = 1;
const AND: u8 = 2;
const PHRASE: u8 = 3;
const NOT: u8 = 4;

fn word(item: &QueryItem) -> String {
    let QueryItem::Word { text, weights, prefix } = item else { return String::new() };
    let mut word = Quoted(text).to_string();
    if *prefix || !weights.is_empty() {
        word.push_str(if *prefix { ":*" } else { ":" });
    }
    let mut weights = weights.clone();
    weights.sort_unstable();
    weights.iter().rev().for_each(|weight| word.push_str(&format!("{weight:?}")));
    word
}

fn not(operand: Part) -> Part {
    Part { text: format!("!{}", operand.inside(NOT, false)), priority: NOT, is_phrase: false }
}

fn binary(operator: &QueryItem, left: Part, right: Part) -> Part {
    let (priority, sign) = match operator {
        QueryItem::Or => (OR, "|".to_owned()),
        QueryItem::Phrase(1) => (PHRASE, "<->".to_owned()),
        QueryItem::Phrase(distance) => (PHRASE, format!("<{distance}>")),
        QueryItem::Word { .. } | QueryItem::Not | QueryItem::And => (AND, "&".to_owned()),
    };
    let is_phrase = priority == PHRASE;
    let (left, right) = (left.inside(priority, false), right.inside(priority, is_phrase));
    Part { text: format!("{left} {sign} {right}"), priority, is_phrase }
}
