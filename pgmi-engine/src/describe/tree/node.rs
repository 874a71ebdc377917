//! A node of any kind: a label, and fields by name.

use super::lexer::unescape;

/// `{LABEL :field value …}`.
#[derive(Clone, Debug, Default)]
pub struct Node<'a> {
    pub label: &'a str,
    pub fields: Vec<(&'a str, Value<'a>)>,
}

/// The value of a field, or an element of a list.
#[derive(Clone, Debug)]
pub enum Value<'a> {
    /// `<>`
    Null,
    /// A word with its escapes: a number, a name, an enum.
    Word(&'a str),
    /// `4 [ 1 0 0 0 ]`: the bytes of a constant.
    Bytes(Vec<u8>),
    Node(Node<'a>),
    /// Of nodes or lists; of words when it was `(i …)`, `(o …)`, `(b …)` or of strings.
    List(Vec<Value<'a>>),
}

impl<'a> Node<'a> {
    pub fn field(&self, name: &str) -> Option<&Value<'a>> {
        self.fields.iter().find(|(field, _)| *field == name).map(|(_, value)| value)
    }

    /// A field that holds a node; nothing where it is missing or `<>`.
    pub fn node(&self, name: &str) -> Option<&Node<'a>> {
        match self.field(name) {
            Some(Value::Node(node)) => Some(node),
            _ => None,
        }
    }

    /// The elements of a field that holds a list.
    pub fn list(&self, name: &str) -> &[Value<'a>] {
        match self.field(name) {
            Some(Value::List(values)) => values,
            _ => &[],
        }
    }

    /// The elements of a list that are nodes.
    pub fn nodes(&self, name: &str) -> impl Iterator<Item = &Node<'a>> {
        self.list(name).iter().filter_map(Value::as_node)
    }

    pub fn word(&self, name: &str) -> Option<&'a str> {
        match self.field(name) {
            Some(Value::Word(word)) => Some(word),
            _ => None,
        }
    }

    /// A number; 0 where the field is missing.
    pub fn number<T: std::str::FromStr + Default>(&self, name: &str) -> T {
        self.word(name).and_then(|word| word.parse().ok()).unwrap_or_default()
    }

    pub fn flag(&self, name: &str) -> bool {
        self.word(name) == Some("true")
    }

    pub fn text(&self, name: &str) -> Option<String> {
        self.word(name).map(text_of)
    }

    /// A list of numbers: `(i …)`, `(o …)` or `(b …)`.
    pub fn numbers<T: std::str::FromStr>(&self, name: &str) -> Vec<T> {
        self.list(name).iter().filter_map(|value| value.as_word()?.parse().ok()).collect()
    }

    /// A list of strings: `("a" "b")`.
    pub fn texts(&self, name: &str) -> Vec<String> {
        self.list(name).iter().filter_map(Value::as_word).map(text_of).collect()
    }
}

impl<'a> Value<'a> {
    pub fn as_node(&self) -> Option<&Node<'a>> {
        match self {
            Self::Node(node) => Some(node),
            _ => None,
        }
    }

    pub fn as_word(&self) -> Option<&'a str> {
        match self {
            Self::Word(word) => Some(word),
            _ => None,
        }
    }

    pub fn as_list(&self) -> &[Value<'a>] {
        match self {
            Self::List(values) => values,
            _ => &[],
        }
    }
}

fn text_of(word: &str) -> String {
    let inner = word.strip_prefix('"').and_then(|word| word.strip_suffix('"')).unwrap_or(word);
    unescape(inner)
}
