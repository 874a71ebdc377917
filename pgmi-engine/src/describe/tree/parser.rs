//! From tokens to generic nodes.

use super::lexer::Tokens;
use super::node::{Node, Value};

/// The text is not a node tree, or a deeper one than a thread can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseError {
    /// The byte at which reading stopped.
    pub at: usize,
}

/// Deeper trees are refused: each level costs stack, here and in everything that walks a tree.
const DEEPEST: usize = 800;

/// Parses what `debug_print_rewritten` printed or what a column of type `pg_node_tree` holds.
///
/// # Errors
/// The text ends early, or nests too deep.
pub fn parse(text: &str) -> Result<Value<'_>, ParseError> {
    let mut tokens = Tokens::new(text);
    value(&mut tokens, 0).ok_or(ParseError { at: tokens.position() })
}

fn value<'a>(tokens: &mut Tokens<'a>, depth: usize) -> Option<Value<'a>> {
    if depth > DEEPEST {
        return None;
    }
    match tokens.next()? {
        "{" => node(tokens, depth).map(Value::Node),
        "(" => list(tokens, depth).map(Value::List),
        ")" | "}" => None,
        "<>" => Some(Value::Null),
        word => Some(Value::Word(word)),
    }
}

fn node<'a>(tokens: &mut Tokens<'a>, depth: usize) -> Option<Node<'a>> {
    let label = tokens.next()?;
    let mut fields = Vec::new();
    loop {
        match tokens.next()? {
            "}" => return Some(Node { label, fields }),
            name => fields.push((name.strip_prefix(':')?, field(tokens, depth)?)),
        }
    }
}

/// One value, and for constants the bytes behind their number.
fn field<'a>(tokens: &mut Tokens<'a>, depth: usize) -> Option<Value<'a>> {
    let mut first = value(tokens, depth + 1)?;
    while let Some(next) = tokens.peek() {
        match next {
            "[" => first = Value::Bytes(bytes(tokens)?),
            "}" => break,
            word if word.starts_with(':') => break,
            _ => drop(value(tokens, depth + 1)?),
        }
    }
    Some(first)
}

/// `[ 20 0 0 0 -61 ]`, whose bytes are signed.
fn bytes(tokens: &mut Tokens<'_>) -> Option<Vec<u8>> {
    tokens.next()?;
    let mut bytes = Vec::new();
    loop {
        match tokens.next()? {
            "]" => return Some(bytes),
            number => bytes.push(number.parse::<i16>().ok()?.to_le_bytes()[0]),
        }
    }
}

fn list<'a>(tokens: &mut Tokens<'a>, depth: usize) -> Option<Vec<Value<'a>>> {
    if matches!(tokens.peek()?, "i" | "o" | "b" | "x") {
        tokens.next();
    }
    let mut values = Vec::new();
    while tokens.peek()? != ")" {
        values.push(value(tokens, depth + 1)?);
    }
    tokens.next();
    Some(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_by_name() {
        let text = r#"({CONST :consttype 25 :constisnull false :constvalue 5 [ 20 0 0 0 -61 ]}
            {ALIAS :aliasname :odd :colnames ("a" "b\ c") :numbers (i 1 -2) :set (b) :none <>})"#;
        let parsed = parse(text).unwrap();
        let [Value::Node(constant), Value::Node(alias)] = parsed.as_list() else { panic!() };
        assert_eq!(constant.number::<u32>("consttype"), 25);
        assert!(matches!(constant.field("constvalue"), Some(Value::Bytes(it)) if it[4] == 0xC3));
        assert_eq!(alias.text("aliasname").as_deref(), Some(":odd"));
        assert_eq!(alias.texts("colnames"), ["a", "b c"]);
        assert_eq!(alias.numbers::<i32>("numbers"), [1, -2]);
        assert!(alias.list("set").is_empty() && alias.node("none").is_none());
        assert_eq!(alias.number::<u32>("missing"), 0);
    }

    #[test]
    fn broken_text_is_an_error_and_no_panic() {
        for text in ["", "(", "({QUERY :a", "{A b}", ")", "({A :b 4 [ 1"] {
            assert!(parse(text).is_err(), "{text}");
        }
        assert!(parse(&"(".repeat(1_000_000)).is_err());
    }
}
