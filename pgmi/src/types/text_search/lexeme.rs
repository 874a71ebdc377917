use std::fmt;

/// A word of a [`TsVector`](super::TsVector), and where it stood.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Lexeme {
    /// The normalized word.
    pub text: String,
    /// In ascending order; none when the vector was stripped of them.
    pub positions: Vec<Position>,
}

/// Where a word stood in its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Position {
    /// The number of the word, from 1; 16383 for all that come later.
    pub place: u16,
    /// How much it counts.
    pub weight: Weight,
}

/// How much a position counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "PostgreSQL has no other names for them")]
pub enum Weight {
    #[default]
    D,
    C,
    B,
    A,
}

impl Weight {
    pub(super) const ALL: [Self; 4] = [Self::D, Self::C, Self::B, Self::A];
}

/// Text in quotes, as `tsvectorout` and `infix` of tsquery.c write it.
pub(super) struct Quoted<'a>(pub(super) &'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "'{}'", self.0.replace('\'', "''").replace('\\', "\\\\"))
    }
}
