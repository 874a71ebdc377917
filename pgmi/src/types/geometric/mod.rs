//! Types of the plane, all made of `float8`. Two values are equal when their numbers are; PostgreSQL's own
//! `=` compares some of them with a tolerance, others by their area.

mod circle;
mod float;
mod line;
mod path;
mod pg_box;
mod point;

pub use circle::Circle;
pub use line::Line;
pub use path::{Path, Polygon};
pub use pg_box::{LineSegment, PgBox};
pub use point::Point;
