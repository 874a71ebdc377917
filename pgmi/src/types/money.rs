use super::wire::binary_number;

/// A value of type `money`: a number of the smallest unit of the currency (cents).
///
/// How many digits follow the point, and which currency it is, is the server's setting `lc_monetary`; a
/// value does not say it. `numeric` is the better type for a column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(pub i64);

// `cash_recv` in cash.c.
binary_number!(Money(i64): MONEY);
