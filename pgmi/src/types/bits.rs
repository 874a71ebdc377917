use std::fmt;
use std::str::FromStr;

use bytes::BytesMut;

use super::parse::{InvalidText, debug_as_text};
use super::wire::{Binary, Problem, Reader, binary, put_count};

/// A value of type `bit(n)` or `varbit`: a string of bits, the first one the most significant.
///
/// `bit_vec::BitVec` is read and written too, with the feature `with-bit-vec-0_9`.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bits {
    /// The last byte filled up with zeros.
    bytes: Vec<u8>,
    length: usize,
}

binary!(Bits: BIT, VARBIT);
debug_as_text!(Bits);

impl Bits {
    /// The first bits of these bytes, as many as `length`; none when there are fewer.
    pub fn from_bytes(mut bytes: Vec<u8>, length: usize) -> Option<Self> {
        if bytes.len() < length.div_ceil(8) {
            return None;
        }
        bytes.truncate(length.div_ceil(8));
        if let (Some(last), 1..) = (bytes.last_mut(), length % 8) {
            *last &= !(0xFF >> (length % 8));
        }
        Some(Self { bytes, length })
    }

    /// How many bits there are.
    pub fn len(&self) -> usize {
        self.length
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// The bits in bytes, from the most significant bit of the first; zeros behind the last bit.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// A bit, the first one at 0; none behind the last.
    pub fn get(&self, index: usize) -> Option<bool> {
        (index < self.length).then(|| self.bytes[index / 8] & 0x80 >> (index % 8) != 0)
    }

    /// The bits from the first to the last.
    pub fn iter(&self) -> impl Iterator<Item = bool> + '_ {
        (0..self.length).filter_map(|index| self.get(index))
    }
}

impl FromIterator<bool> for Bits {
    fn from_iter<I: IntoIterator<Item = bool>>(bits: I) -> Self {
        let mut collected = Self::default();
        for bit in bits {
            let place = collected.length % 8;
            if place == 0 {
                collected.bytes.push(0);
            }
            if let (Some(last), true) = (collected.bytes.last_mut(), bit) {
                *last |= 0x80 >> place;
            }
            collected.length += 1;
        }
        collected
    }
}

/// `varbit_recv` in varbit.c: the number of bits, and the bytes they fill.
impl Binary<'_> for Bits {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Problem> {
        let length = usize::try_from(reader.i32()?).map_err(|_| "its length is negative")?;
        let bytes = reader.take(length.div_ceil(8))?.to_vec();
        Self::from_bytes(bytes, length).ok_or("its bytes end early")
    }

    fn write(&self, out: &mut BytesMut) -> Result<(), Problem> {
        put_count(self.length, out)?;
        out.extend_from_slice(&self.bytes);
        Ok(())
    }
}

/// `varbit_out`: zeros and ones.
impl fmt::Display for Bits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.iter().try_for_each(|bit| f.write_str(if bit { "1" } else { "0" }))
    }
}

/// Zeros and ones.
impl FromStr for Bits {
    type Err = InvalidText;

    fn from_str(text: &str) -> Result<Self, InvalidText> {
        let bits = text.bytes().map(|byte| match byte {
            b'0' => Some(false),
            b'1' => Some(true),
            _ => None,
        });
        bits.collect::<Option<_>>().ok_or_else(|| InvalidText::new("bit varying", text))
    }
}
