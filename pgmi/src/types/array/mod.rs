//! Arrays of any dimension.

mod borrowed;
mod dimension;
mod owned;

pub use borrowed::ArrayRef;
pub use dimension::Dimension;
pub use owned::{Array, NotRectangular};
