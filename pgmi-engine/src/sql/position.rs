//! From a position in the text PostgreSQL saw to the place in the text the user wrote.

use std::ops::Range;

/// The byte offset of the character numbered `position` (from 1), as PostgreSQL counts error positions.
///
/// A position past the end, or 0, gives the nearest end of the text.
pub fn byte_of_char(text: &str, position: usize) -> usize {
    let index = position.saturating_sub(1);
    if text.is_ascii() {
        return index.min(text.len());
    }
    text.char_indices().nth(index).map_or(text.len(), |(byte, _)| byte)
}

/// How a rewritten text came from its source: stretches copied as they were, and stretches put in.
#[derive(Clone, Debug, Default)]
pub struct PositionMap {
    stretches: Vec<Stretch>,
}

#[derive(Clone, Debug)]
struct Stretch {
    /// Where it begins in the rewritten text.
    start: usize,
    source: Range<usize>,
    copied: bool,
}

impl PositionMap {
    /// The map of a text that was not rewritten.
    pub fn identity(length: usize) -> Self {
        let mut map = Self::default();
        map.copied(0, 0..length);
        map
    }

    /// Records that the rewritten text from `start` is the source's `source`, byte by byte.
    pub fn copied(&mut self, start: usize, source: Range<usize>) {
        self.stretches.push(Stretch { start, source, copied: true });
    }

    /// Records that the rewritten text from `start` stands for all of the source's `source`.
    pub fn replaced(&mut self, start: usize, source: Range<usize>) {
        self.stretches.push(Stretch { start, source, copied: false });
    }

    /// The source bytes that a byte of the rewritten text comes from: empty where it was copied.
    pub fn source_of(&self, byte: usize) -> Range<usize> {
        let after = self.stretches.partition_point(|stretch| stretch.start <= byte);
        match after.checked_sub(1).map(|at| &self.stretches[at]) {
            Some(stretch) if stretch.copied => {
                let at = (stretch.source.start + byte - stretch.start).min(stretch.source.end);
                at..at
            }
            Some(stretch) => stretch.source.clone(),
            None => 0..0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters() {
        assert_eq!(byte_of_char("aé→b", 1), 0);
        assert_eq!(byte_of_char("aé→b", 4), 6);
        assert_eq!(byte_of_char("aé→b", 9), 7);
        assert_eq!(byte_of_char("abc", 0), 0);
    }

    #[test]
    fn positions_lead_back_through_a_replacement() {
        // Source "ab CALL c", rewritten "ab <longer text> c".
        let mut map = PositionMap::default();
        map.copied(0, 0..3);
        map.replaced(3, 3..7);
        map.copied(16, 7..9);
        assert_eq!(map.source_of(1), 1..1);
        assert_eq!(map.source_of(3), 3..7);
        assert_eq!(map.source_of(15), 3..7);
        assert_eq!(map.source_of(17), 8..8);
    }
}
