use std::fmt;
use std::str::FromStr;

use bytes::BytesMut;

use super::parse::InvalidText;
use super::wire::{Binary, Problem, Reader, binary};

/// A value of type `uuid`.
///
/// `uuid::Uuid` is read and written too, with the feature `with-uuid-1`.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Uuid(pub [u8; 16]);

binary!(Uuid: UUID);

/// `uuid_recv` in uuid.c.
impl Binary<'_> for Uuid {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Problem> {
        reader.array().map(Self)
    }

    fn write(&self, out: &mut BytesMut) -> Result<(), Problem> {
        out.extend_from_slice(&self.0);
        Ok(())
    }
}

/// `uuid_out`: 32 hexadecimal digits in five groups.
impl fmt::Display for Uuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, byte) in self.0.iter().enumerate() {
            let before = if matches!(index, 4 | 6 | 8 | 10) { "-" } else { "" };
            write!(f, "{before}{byte:02x}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Uuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Uuid({self})")
    }
}

/// `string_to_uuid`: braces around it and hyphens after any group of four digits may be there.
impl FromStr for Uuid {
    type Err = InvalidText;

    fn from_str(text: &str) -> Result<Self, InvalidText> {
        let wrong = || InvalidText::new("uuid", text);
        let braced = text.strip_prefix('{').map(|rest| rest.strip_suffix('}').ok_or_else(wrong));
        let mut rest = braced.transpose()?.unwrap_or(text).as_bytes();
        let mut bytes = [0; 16];
        for (index, byte) in bytes.iter_mut().enumerate() {
            if index > 0 && index % 2 == 0 {
                rest = rest.strip_prefix(b"-").unwrap_or(rest);
            }
            let (digits, after) = rest.split_first_chunk().ok_or_else(wrong)?;
            *byte = from_hex(*digits).ok_or_else(wrong)?;
            rest = after;
        }
        if rest.is_empty() { Ok(Self(bytes)) } else { Err(wrong()) }
    }
}

/// Two hexadecimal digits.
pub(crate) fn from_hex(digits: [u8; 2]) -> Option<u8> {
    let [high, low] = digits.map(|digit| char::from(digit).to_digit(16));
    u8::try_from(high? * 16 + low?).ok()
}
