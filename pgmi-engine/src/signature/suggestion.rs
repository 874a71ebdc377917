//! What a misspelt word was probably meant to be.

/// The known word that is nearest, if one is near.
pub(super) fn closest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let near = known.iter().map(|known| (distance(word, known), *known));
    let (distance, known) = near.min()?;
    (distance <= 1 + known.len() / 6).then_some(known)
}

/// Letters to insert, remove or replace to get from one word to the other.
fn distance(from: &str, to: &str) -> usize {
    let mut row: Vec<usize> = (0..=to.chars().count()).collect();
    for (i, a) in from.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, b) in to.chars().enumerate() {
            let replaced = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #[test]
    fn suggests_only_what_is_near() {
        let known = ["type", "not_null", "cardinality"];
        assert_eq!(super::closest("typ", &known), Some("type"));
        assert_eq!(super::closest("notnull", &known), Some("not_null"));
        assert_eq!(super::closest("cardnality", &known), Some("cardinality"));
        assert_eq!(super::closest("nullable", &known), None);
    }
}
