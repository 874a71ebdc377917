//! `numeric` on the wire.

use bytes::{BufMut, BytesMut};

use super::{BASE, Finite, Form, MAX_SCALE, Numeric};
use crate::types::wire::{Binary, Problem, Reader, binary};

const NEGATIVE: u16 = 0x4000;
const NAN: u16 = 0xC000;
const INFINITY: u16 = 0xD000;
const NEGATIVE_INFINITY: u16 = 0xF000;

binary!(Numeric: NUMERIC);

/// `numeric_recv` in numeric.c: number of digits, weight, sign, scale, digits.
impl Binary<'_> for Numeric {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Problem> {
        let (count, weight) = (reader.u16()?, reader.i16()?);
        let (sign, scale) = (reader.u16()?, reader.u16()?);
        let digits = (0..count).map(|_| digit(reader)).collect::<Result<_, _>>()?;
        let negative = match sign {
            0 => false,
            NEGATIVE => true,
            NAN => return Ok(Self::NAN),
            INFINITY => return Ok(Self::INFINITY),
            NEGATIVE_INFINITY => return Ok(Self::NEGATIVE_INFINITY),
            _ => return Err("its sign is unknown"),
        };
        let mut finite = Finite { negative, weight, scale, digits }.normal();
        // PostgreSQL shows all digits that it has; nothing is to be lost if it once does not.
        let scale = finite.needed_scale().max(scale.into());
        finite.scale = u16::try_from(scale).ok().filter(|it| *it <= MAX_SCALE).ok_or(SCALE)?;
        Ok(Self(Form::Finite(finite)))
    }

    fn write(&self, out: &mut BytesMut) -> Result<(), Problem> {
        match &self.0 {
            Form::Finite(finite) => return put(finite, out),
            Form::NaN => put_special(NAN, out),
            Form::Infinity => put_special(INFINITY, out),
            Form::NegativeInfinity => put_special(NEGATIVE_INFINITY, out),
        }
        Ok(())
    }
}

fn put(finite: &Finite, out: &mut BytesMut) -> Result<(), Problem> {
    if finite.scale > MAX_SCALE {
        return Err(SCALE);
    }
    out.put_u16(u16::try_from(finite.digits.len()).map_err(|_| "it has too many digits")?);
    out.put_i16(finite.weight);
    out.put_u16(if finite.negative { NEGATIVE } else { 0 });
    out.put_u16(finite.scale);
    finite.digits.iter().for_each(|digit| out.put_i16(*digit));
    Ok(())
}

const SCALE: Problem = "its scale is too large";

fn digit(reader: &mut Reader<'_>) -> Result<i16, Problem> {
    let digit = reader.i16()?;
    if (0..BASE).contains(&digit) { Ok(digit) } else { Err("a digit in it is out of range") }
}

fn put_special(sign: u16, out: &mut BytesMut) {
    [0, 0, sign, 0].into_iter().for_each(|part| out.put_u16(part));
}
