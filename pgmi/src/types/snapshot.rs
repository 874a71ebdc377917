use std::fmt;
use std::str::FromStr;

use bytes::{BufMut, BytesMut};

use super::Xid8;
use super::parse::{InvalidText, debug_as_text, digits};
use super::wire::{Binary, Problem, Reader, binary, put_count};

/// A value of type `pg_snapshot` or `txid_snapshot`: which transactions were visible at a moment.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PgSnapshot {
    /// The oldest transaction that was still running.
    pub xmin: Xid8,
    /// The first transaction that had not begun.
    pub xmax: Xid8,
    /// Those between them that were running, in their order.
    pub xip: Vec<Xid8>,
}

binary!(PgSnapshot: PG_SNAPSHOT, TXID_SNAPSHOT);
debug_as_text!(PgSnapshot);

/// `pg_snapshot_recv` in xid8funcs.c.
impl Binary<'_> for PgSnapshot {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Problem> {
        let count = reader.count(size_of::<u64>())?;
        let (xmin, xmax) = (Xid8::read(reader)?, Xid8::read(reader)?);
        let xip = (0..count).map(|_| Xid8::read(reader)).collect::<Result<_, _>>()?;
        Ok(Self { xmin, xmax, xip })
    }

    fn write(&self, out: &mut BytesMut) -> Result<(), Problem> {
        put_count(self.xip.len(), out)?;
        for xid in [&self.xmin, &self.xmax].into_iter().chain(&self.xip) {
            out.put_u64(xid.0);
        }
        Ok(())
    }
}

/// `pg_snapshot_out`.
impl fmt::Display for PgSnapshot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:", self.xmin, self.xmax)?;
        for (index, xid) in self.xip.iter().enumerate() {
            write!(f, "{}{xid}", if index == 0 { "" } else { "," })?;
        }
        Ok(())
    }
}

impl FromStr for PgSnapshot {
    type Err = InvalidText;

    fn from_str(text: &str) -> Result<Self, InvalidText> {
        parse(text).ok_or_else(|| InvalidText::new("pg_snapshot", text))
    }
}

fn parse(text: &str) -> Option<PgSnapshot> {
    let (xmin, rest) = text.split_once(':')?;
    let (xmax, running) = rest.split_once(':')?;
    let xid = |text| digits(text).map(Xid8);
    let running = (!running.is_empty()).then_some(running);
    let xip = running.into_iter().flat_map(|it| it.split(',')).map(xid).collect::<Option<_>>()?;
    Some(PgSnapshot { xmin: xid(xmin)?, xmax: xid(xmax)?, xip })
}
