//! `pgmi::types`: every type of PostgreSQL in every place where a type can stand, with extreme values.

mod ground;
mod matrix;
