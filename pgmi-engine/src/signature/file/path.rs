//! Where the files of types are, whatever the types are called.

use super::Dialect;
use crate::signature::TypeName;

/// Where a type's file is, below the folder of types: `public/album_format.sig.yaml`.
pub fn type_file_path(name: &TypeName) -> String {
    format!("{}/{}{}", encoded(&name.schema), encoded(&name.name), Dialect::Pgmi.extension())
}

/// Characters that some file system refuses, and a leading dot, as `%` and two hexadecimal digits.
fn encoded(name: &str) -> String {
    let odd = |at: usize, c: char| {
        c.is_ascii_control() || "/\\:*?\"<>|%".contains(c) || (at == 0 && c == '.')
    };
    name.char_indices()
        .map(|(at, c)| if odd(at, c) { format!("%{:02x}", u32::from(c)) } else { c.to_string() })
        .collect()
}

/// The name that [`encoded`] was given.
pub(super) fn decoded(name: &str) -> String {
    let mut pieces = name.split('%');
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        match piece.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) if byte.is_ascii() => {
                out.push(byte.into());
                out.push_str(&piece[2..]);
            }
            _ => out.extend(["%", piece]),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn odd_characters_are_spelled_out() {
        let odd = TypeName::new("public", ".a/b%c");
        assert_eq!(type_file_path(&odd), "public/%2ea%2fb%25c.sig.yaml");
    }

    proptest! {
        #[test]
        fn names_lead_back(name in any::<String>()) {
            prop_assert_eq!(decoded(&encoded(&name)), name);
        }
    }
}
