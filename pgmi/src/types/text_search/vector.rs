use std::fmt;

use bytes::{BufMut, BytesMut};

use super::lexeme::Quoted;
use super::{Lexeme, Position, Weight};
use crate::types::parse::debug_as_text;
use crate::types::wire::{Binary, Problem, Reader, binary, put_count};

/// A value of type `tsvector`: the words of a document. PostgreSQL sorts them by its own order.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct TsVector {
    /// Each word once.
    pub lexemes: Vec<Lexeme>,
}

binary!(TsVector: TS_VECTOR);
debug_as_text!(TsVector);

/// `tsvectorrecv` in tsvector.c: of each word its text, the number of positions and these, whose upper two
/// bits are the weight.
impl Binary<'_> for TsVector {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Problem> {
        let count = reader.count(1 + size_of::<u16>())?;
        let lexemes = (0..count).map(|_| lexeme(reader)).collect::<Result<_, _>>()?;
        Ok(Self { lexemes })
    }

    fn write(&self, out: &mut BytesMut) -> Result<(), Problem> {
        put_count(self.lexemes.len(), out)?;
        self.lexemes.iter().try_for_each(|lexeme| put(lexeme, out))
    }
}

fn lexeme(reader: &mut Reader<'_>) -> Result<Lexeme, Problem> {
    let text = reader.c_string()?.to_owned();
    let count = reader.u16()?;
    let position = |_| {
        let packed = reader.u16()?;
        let weight = Weight::ALL[usize::from(packed >> 14)];
        Ok(Position { place: packed & 0x3FFF, weight })
    };
    Ok(Lexeme { text, positions: (0..count).map(position).collect::<Result<_, Problem>>()? })
}

fn put(lexeme: &Lexeme, out: &mut BytesMut) -> Result<(), Problem> {
    put_c_string(&lexeme.text, out)?;
    out.put_u16(u16::try_from(lexeme.positions.len()).map_err(|_| "it has too many positions")?);
    for position in &lexeme.positions {
        if position.place > 0x3FFF {
            return Err("a position in it is too large");
        }
        out.put_u16((position.weight as u16) << 14 | position.place);
    }
    Ok(())
}

/// Appends text and a zero byte.
pub(super) fn put_c_string(text: &str, out: &mut BytesMut) -> Result<(), Problem> {
    if text.contains('\0') {
        return Err("there is a zero byte in its text");
    }
    out.put_slice(text.as_bytes());
    out.put_u8(0);
    Ok(())
}

/// `tsvectorout`: `'cat':3 'fat':2A,4`.
impl fmt::Display for TsVector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, lexeme) in self.lexemes.iter().enumerate() {
            write!(f, "{}{}", if index == 0 { "" } else { " " }, Quoted(&lexeme.text))?;
            for (index, Position { place, weight }) in lexeme.positions.iter().enumerate() {
                write!(f, "{}{place}", if index == 0 { ":" } else { "," })?;
                if *weight != Weight::D {
                    write!(f, "{weight:?}")?;
                }
            }
        }
        Ok(())
    }
}
