use std::fmt;

use super::wire::binary_number;

/// An object of the database by its number: a value of `regclass`, `regtype`, `regproc`, `regprocedure`,
/// `regoper`, `regoperator`, `regrole`, `regnamespace`, `regconfig`, `regdictionary` or `regcollation`.
///
/// Only the server knows its name: `$1::regclass::text`. Of type `oid` it is a plain `u32`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectId(pub u32);

// `regprocrecv` and its sisters in regproc.c, all of them `oidrecv`.
binary_number!(ObjectId(u32):
    OID, REGPROC, REGPROCEDURE, REGOPER, REGOPERATOR, REGCLASS, REGTYPE, REGCONFIG, REGDICTIONARY,
    REGNAMESPACE, REGROLE, REGCOLLATION);

/// Its number, which PostgreSQL takes for a value of all these types.
impl fmt::Display for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
