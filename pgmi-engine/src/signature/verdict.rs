//! A conclusion with its reasons.

/// A conclusion, how firm it is, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict<T> {
    pub value: T,
    /// Whether the tighter opposite is disproved, not merely unproven: a NULL, or a second row, is
    /// certain to come. Only then is a user's tightening a contradiction. Says nothing where `value` is
    /// already as tight as can be.
    pub certain: bool,
    /// Short sentences without a full stop, the decisive one first: `left join genre can add a NULL row`.
    pub reasons: Vec<String>,
}

impl<T> Verdict<T> {
    /// A conclusion that a user may tighten, without reasons yet.
    pub fn of(value: T) -> Self {
        Self { value, certain: false, reasons: Vec::new() }
    }

    /// Adds a reason.
    #[must_use]
    pub fn because(mut self, reason: impl Into<String>) -> Self {
        self.reasons.push(reason.into());
        self
    }

    /// Says that nothing tighter can hold.
    #[must_use]
    pub fn certain(mut self) -> Self {
        self.certain = true;
        self
    }
}

/// Whether NULL can stand somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Nullability {
    /// Proven: never NULL. Of a parameter: NULL would raise, or match nothing.
    NotNull,
    /// NULL is possible, or its absence could not be proven.
    Nullable,
}

/// How many rows a query returns; what promises most comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Cardinality {
    /// It returns no rows by its nature: a data change without RETURNING, a utility.
    None,
    One,
    ZeroOrOne,
    Many,
}

impl Nullability {
    pub fn is_not_null(self) -> bool {
        self == Self::NotNull
    }
}

impl From<bool> for Nullability {
    /// From `not_null` of a signature file.
    fn from(not_null: bool) -> Self {
        if not_null { Self::NotNull } else { Self::Nullable }
    }
}

impl Cardinality {
    /// The word of signature files and the lock.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::ZeroOrOne => "zero_or_one",
            Self::One => "one",
            Self::Many => "many",
        }
    }

    /// From its word.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::None, Self::ZeroOrOne, Self::One, Self::Many]
            .into_iter()
            .find(|cardinality| cardinality.name() == name)
    }
}
