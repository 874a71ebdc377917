//! Tokens of the node-tree text, as `pg_strtok` cuts them.

/// Yields the tokens of a node tree: parentheses, braces, and words with their escapes.
#[derive(Clone)]
pub struct Tokens<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Tokens<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// The next token, without taking it.
    pub fn peek(&self) -> Option<&'a str> {
        self.clone().next()
    }

    /// How many bytes were read.
    pub fn position(&self) -> usize {
        self.at
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let bytes = self.text.as_bytes();
        while bytes.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
        let start = self.at;
        self.at = match bytes.get(start)? {
            b'(' | b')' | b'{' | b'}' => start + 1,
            _ => end_of_word(bytes, start),
        };
        self.text.get(start..self.at)
    }
}

fn end_of_word(bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 2,
            b'(' | b')' | b'{' | b'}' => break,
            byte if byte.is_ascii_whitespace() => break,
            _ => at += 1,
        }
    }
    at.min(bytes.len())
}

/// Removes the escapes of a word.
///
/// PostgreSQL breaks its lines at spaces, even at escaped ones, so an escaped line end stands for a
/// space.
pub fn unescape(word: &str) -> String {
    let mut text = String::with_capacity(word.len());
    let mut characters = word.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => text.extend(characters.next().map(|it| if it == '\n' { ' ' } else { it })),
            other => text.push(other),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_end_at_unescaped_space_and_brackets() {
        let all: Vec<_> = Tokens::new("({A :b <> :c odd\\ \\{name}\n(i 1 -2))").collect();
        let expected = ["(", "{", "A", ":b", "<>", ":c", "odd\\ \\{name", "}", "(", "i", "1", "-2"];
        assert_eq!(all[..12], expected);
        assert_eq!(all[12..], [")", ")"]);
    }

    #[test]
    fn a_trailing_backslash_does_not_run_away() {
        assert_eq!(Tokens::new("a\\").collect::<Vec<_>>(), ["a\\"]);
        assert_eq!(Tokens::new("a\\é").collect::<Vec<_>>().len(), 1);
    }

    #[test]
    fn escapes_go() {
        assert_eq!(unescape("odd\\ \\{name"), "odd {name");
        assert_eq!(unescape("odd\\\nname\\\\"), "odd name\\");
    }
}
