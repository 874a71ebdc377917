//! What a query is, asked of PostgreSQL: its types, which columns and parameters can be NULL, how many
//! rows it returns. No statement of the user is executed.

pub mod tree;
mod cardinality;
mod facts;
mod joins;
mod nullability;
mod parameters;
mod scope;
