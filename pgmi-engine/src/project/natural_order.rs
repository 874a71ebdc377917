//! The order in which people number files: `2_b.sql` before `10_a.sql`.

use std::cmp::Ordering;

/// Compares runs of digits as numbers, however long, and everything else letter by letter.
pub(super) fn natural_order(a: &str, b: &str) -> Ordering {
    let (mut rest_a, mut rest_b) = (a, b);
    loop {
        let (number_a, number_b) = (leading_digits(rest_a), leading_digits(rest_b));
        if !number_a.is_empty() && !number_b.is_empty() {
            let order = compare_numbers(number_a, number_b);
            if order != Ordering::Equal {
                return order;
            }
            (rest_a, rest_b) = (&rest_a[number_a.len()..], &rest_b[number_b.len()..]);
            continue;
        }
        let (mut letters_a, mut letters_b) = (rest_a.chars(), rest_b.chars());
        match (letters_a.next(), letters_b.next()) {
            // `01` and `1` are one number; the order stays the same from run to run all the same.
            (None, None) => return a.cmp(b),
            (x, y) if x != y => return x.cmp(&y),
            _ => (rest_a, rest_b) = (letters_a.as_str(), letters_b.as_str()),
        }
    }
}

fn leading_digits(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    &text[..end]
}

fn compare_numbers(a: &str, b: &str) -> Ordering {
    let (a, b) = (a.trim_start_matches('0'), b.trim_start_matches('0'));
    a.len().cmp(&b.len()).then_with(|| a.cmp(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_count_as_numbers() {
        let mut names = [
            "10.sql",
            "1.sql",
            "2.sql",
            "V1.10__x.sql",
            "V1.9__x.sql",
            "02.sql",
            "a.sql",
            "99999999999999999999999.sql",
        ];
        names.sort_by(|a, b| natural_order(a, b));
        assert_eq!(
            names,
            [
                "1.sql",
                "02.sql",
                "2.sql",
                "10.sql",
                "99999999999999999999999.sql",
                "V1.9__x.sql",
                "V1.10__x.sql",
                "a.sql"
            ]
        );
    }

    proptest::proptest! {
        /// It is an order: the same both ways, and equal only to itself.
        #[test]
        fn it_is_an_order(a in "[a0-2é]{0,6}", b in "[a0-2é]{0,6}", c in "[a0-2é]{0,6}") {
            assert_eq!(natural_order(&a, &b), natural_order(&b, &a).reverse());
            assert_eq!(natural_order(&a, &b) == Ordering::Equal, a == b);
            if natural_order(&a, &b).is_le() && natural_order(&b, &c).is_le() {
                assert!(natural_order(&a, &c).is_le());
            }
        }
    }
}
