//! `pgmi::types`: every type of PostgreSQL in every place where a type can stand, with extreme values.

mod foreign;
mod ground;
mod holder;
mod malformed;
mod matrix;
mod odd;
mod properties;
mod structures;
