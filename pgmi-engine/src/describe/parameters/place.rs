//! The places where parameters stand.

use std::collections::HashMap;

/// What becomes of NULL in a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A condition, a limit: NULL matches nothing.
    Condition,
    /// A result: NULL itself is returned, but a computation with NULL tells nothing.
    Output,
    /// NULL is told apart from other values, for this reason.
    Sensitive(&'static str),
}

pub const STORED: Place = Place::Sensitive("NULL can be stored");

/// What becomes of the columns of a query.
pub enum Outputs {
    All(Place),
    /// By the number of the column; one that is not there is not used.
    Each(HashMap<i32, Place>),
}

impl Outputs {
    pub fn of(&self, column: usize) -> Place {
        match self {
            Self::All(place) => *place,
            Self::Each(places) => {
                let column = i32::try_from(column).unwrap_or_default();
                // The whole row was used.
                let whole = places.get(&0).copied().unwrap_or(Place::Condition);
                places.get(&column).copied().unwrap_or(Place::Condition).max(whole)
            }
        }
    }
}

/// A computation with NULL gives NULL: in a result that says nothing, where NULL is told apart it does.
pub fn computed(place: Place) -> Place {
    match place {
        Place::Output => Place::Condition,
        other => other,
    }
}
