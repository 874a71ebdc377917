use std::fmt;
use std::str::FromStr;

use bytes::BytesMut;

use super::parse::{InvalidText, debug_as_text};
use super::unique_id::from_hex;
use super::wire::{Binary, Problem, Reader, binary};

/// A value of type `macaddr`.
///
/// `eui48::MacAddress` is read and written too, with the feature `with-eui48-1`.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MacAddr(pub [u8; 6]);

/// A value of type `macaddr8`, in EUI-64 format.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MacAddr8(pub [u8; 8]);

binary!(MacAddr: MACADDR);
binary!(MacAddr8: MACADDR8);
debug_as_text!(MacAddr, MacAddr8);

/// `macaddr_recv` in mac.c.
impl Binary<'_> for MacAddr {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Problem> {
        reader.array().map(Self)
    }

    fn write(&self, out: &mut BytesMut) -> Result<(), Problem> {
        out.extend_from_slice(&self.0);
        Ok(())
    }
}

/// `macaddr8_recv` in mac8.c, which takes six bytes as well and always sends eight.
impl Binary<'_> for MacAddr8 {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Problem> {
        reader.array().map(Self)
    }

    fn write(&self, out: &mut BytesMut) -> Result<(), Problem> {
        out.extend_from_slice(&self.0);
        Ok(())
    }
}

/// `macaddr_out`: pairs of hexadecimal digits with colons between.
impl fmt::Display for MacAddr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        pairs(&self.0, f)
    }
}

/// `macaddr8_out`.
impl fmt::Display for MacAddr8 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        pairs(&self.0, f)
    }
}

/// Only the form that PostgreSQL writes, with `:` or `-` between the pairs.
impl FromStr for MacAddr {
    type Err = InvalidText;

    fn from_str(text: &str) -> Result<Self, InvalidText> {
        bytes(text).map(Self).ok_or_else(|| InvalidText::new("macaddr", text))
    }
}

/// Only the form that PostgreSQL writes, with `:` or `-` between the pairs.
impl FromStr for MacAddr8 {
    type Err = InvalidText;

    fn from_str(text: &str) -> Result<Self, InvalidText> {
        bytes(text).map(Self).ok_or_else(|| InvalidText::new("macaddr8", text))
    }
}

fn pairs(bytes: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (index, byte) in bytes.iter().enumerate() {
        write!(f, "{}{byte:02x}", if index == 0 { "" } else { ":" })?;
    }
    Ok(())
}

fn bytes<const N: usize>(text: &str) -> Option<[u8; N]> {
    let pairs = text.split([':', '-']).map(|pair| from_hex(pair.as_bytes().try_into().ok()?));
    pairs.collect::<Option<Vec<u8>>>()?.try_into().ok()
}
