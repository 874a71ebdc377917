//! pGenie's names: what its files call a column, a parameter or a type of the database.

/// A name as pGenie normalises it: lower case, `_` between words and between letters and digits
/// (`userId` → `userid`, `float8` → `float_8`). None for what it refuses, which its files never hold.
pub(super) fn normalise(name: &str) -> Option<String> {
    let mut out = String::new();
    let mut before: Option<char> = None;
    for c in name.chars() {
        let joins = before.is_some_and(|b| b.is_ascii_digit() != c.is_ascii_digit());
        match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' => {
                if joins && !out.ends_with('_') {
                    out.push('_');
                }
                out.push(c.to_ascii_lowercase());
            }
            '_' | '-' if before.is_some_and(|b| b.is_ascii_alphanumeric()) => out.push('_'),
            _ => return None,
        }
        before = Some(c);
    }
    (out.starts_with(|c: char| c.is_ascii_lowercase()) && !out.ends_with('_')).then_some(out)
}

/// Whether pGenie's file means `name` by `written`.
pub(super) fn means(written: &str, name: &str) -> bool {
    written == name || normalise(name).is_some_and(|normal| Some(normal) == normalise(written))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normalises_as_pgenie_does() {
        for (name, normal) in [
            ("id", "id"),
            ("userId", "userid"),
            ("float8", "float_8"),
            ("box2d", "box_2_d"),
            ("a_1", "a_1"),
            ("a1", "a_1"),
            ("a-b", "a_b"),
        ] {
            assert_eq!(normalise(name).as_deref(), Some(normal), "{name}");
        }
        for name in ["", "_a", "a_", "a__b", "1a", "a b", "é", "-"] {
            assert_eq!(normalise(name), None, "{name}");
        }
        assert!(means("Odd Name", "Odd Name"));
        assert!(!means("x", "y"));
    }
}
