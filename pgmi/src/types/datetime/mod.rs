//! Dates and times, to the microsecond and with their infinities.

mod calendar;
mod clock;
mod date;
mod interval;
mod interval_text;
mod time;
mod time_tz;
mod timestamp;
mod timestamp_text;

pub use date::Date;
pub use interval::Interval;
pub use time::Time;
pub use time_tz::TimeTz;
pub use timestamp::{OutOfRange, Timestamp, TimestampTz};
