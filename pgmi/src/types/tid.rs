use std::fmt;
use std::str::FromStr;

use bytes::{BufMut, BytesMut};

use super::parse::{InvalidText, digits};
use super::wire::{Binary, Problem, Reader, binary};

/// A value of type `tid`: where in its table a row version lies; the system column `ctid`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tid {
    /// The number of the page.
    pub block: u32,
    /// The number of the line pointer in it, from 1.
    pub offset: u16,
}

binary!(Tid: TID);

/// `tidrecv` in tid.c.
impl Binary<'_> for Tid {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Problem> {
        Ok(Self { block: reader.u32()?, offset: reader.u16()? })
    }

    fn write(&self, out: &mut BytesMut) -> Result<(), Problem> {
        out.put_u32(self.block);
        out.put_u16(self.offset);
        Ok(())
    }
}

/// `tidout`.
impl fmt::Display for Tid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "({},{})", self.block, self.offset)
    }
}

impl FromStr for Tid {
    type Err = InvalidText;

    fn from_str(text: &str) -> Result<Self, InvalidText> {
        let parts = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')?.split_once(','));
        let tid = parts.and_then(|(block, offset)| {
            Some(Self { block: digits(block)?, offset: digits(offset)? })
        });
        tid.ok_or_else(|| InvalidText::new("tid", text))
    }
}
