//! `numeric` in order: `cmp_numerics` in numeric.c.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use super::{Finite, Form, Numeric};

impl Ord for Numeric {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Form::Finite(one), Form::Finite(other)) => one.compare(other),
            (one, other) => one.rank().cmp(&other.rank()),
        }
    }
}

impl PartialOrd for Numeric {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Numeric {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Numeric {}

impl Hash for Numeric {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.rank().hash(state);
        if let Form::Finite(Finite { negative, weight, scale: _, digits }) = &self.0 {
            (negative, weight, digits).hash(state);
        }
    }
}

impl Form {
    fn rank(&self) -> u8 {
        match self {
            Self::NegativeInfinity => 0,
            Self::Finite(_) => 1,
            Self::Infinity => 2,
            Self::NaN => 3,
        }
    }
}

impl Finite {
    fn compare(&self, other: &Self) -> Ordering {
        let signs = self.sign().cmp(&other.sign());
        let size = self.weight.cmp(&other.weight).then_with(|| self.digits.cmp(&other.digits));
        signs.then(if self.negative { size.reverse() } else { size })
    }

    fn sign(&self) -> i8 {
        match (self.digits.is_empty(), self.negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        }
    }
}
