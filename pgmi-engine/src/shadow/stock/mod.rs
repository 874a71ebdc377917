//! Copies made ahead of time, for many processes that live a few milliseconds each.
//!
//! A process of its own, the stockkeeper, makes copies while tests run and drops them after: neither is
//! waited for. Whoever wants a copy connects to its socket and says which; the copy is theirs for as long
//! as they stay connected, and the kernel hangs up for those who are killed.
//!
//! ```text
//! own pgmi_<schema>     a copy that nobody else gets, dropped when its user hangs up
//! lend pgmi_<schema>    a copy that the next one may get, if the last thing its user said is `clean`
//!                       answers: `database <name> <connection string>`, `missing`, `failed <why>`;
//!                       `given` in place of `database` where the server is the user's own
//! keep <what for>       leave the copy there for an hour; answer: `kept`
//! clean                 it is as it was
//! used                  it may not be any more
//! ```
//!
//! The stockkeeper holds the server's lease and, like every owner of copies, an advisory lock: when it is
//! killed, the next one sweeps what it left. It ends when nobody has been there for a while.

mod address;
mod keeper;
mod kept;
mod shelf;
mod user;
mod work;

pub use address::StockAddress;
pub use keeper::{Hours, keep_stock};
pub use user::{Answer, Loan};
