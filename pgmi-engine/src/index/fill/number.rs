//! Numbers in SQL that look random and are the same on every run.

/// SQL of a whole number that tells rows apart, or puts them into groups: `bigint`, not negative.
#[derive(Clone, Debug)]
pub(super) struct Number(pub String);

/// Digits of [`Number::hex`].
pub(super) const LONGEST_HEX: u64 = 12;

impl Number {
    /// The number of the row, from 1.
    pub(super) fn row() -> Self {
        Self("g.i".to_owned())
    }

    /// Twelve hexadecimal digits, or a little fewer, that differ where the numbers differ. md5 would do, and takes
    /// several times as long.
    pub(super) fn hex(&self) -> String {
        const DIGITS: u64 = (1 << (4 * LONGEST_HEX)) - 1;
        format!("pg_catalog.to_hex(pg_catalog.hashint8extended({}, 0) & {DIGITS})", self.0)
    }

    /// One of `count` numbers, as likely as any other; another for another salt.
    pub(super) fn hashed(&self, salt: u64, count: u64) -> Self {
        // hashint8extended is the hash of hash partitions: fast, and part of the format on disk.
        let hash = format!("pg_catalog.hashint8extended({}, {salt})", self.0);
        Self(format!("(({hash} & 9223372036854775807) % {})", count.max(1)))
    }

    /// As [`Number::hashed`], but low numbers come more often than high ones: of many parents, some have many
    /// children.
    pub(super) fn skewed(&self, salt: u64, count: u64) -> Self {
        let (one, other) = (self.hashed(salt, count), self.hashed(salt ^ 0x5eed, count));
        Self(format!("({} * {} / {})", one.0, other.0, count.max(1)))
    }
}

/// A salt that differs from column to column, and not from run to run: FNV-1a.
pub(super) fn salt(schema: &str, table: &str, column: &str) -> u64 {
    let bytes = [schema, table, column].into_iter().flat_map(|it| it.bytes().chain([0]));
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    // It is written as a bigint.
    hash >> 1
}
