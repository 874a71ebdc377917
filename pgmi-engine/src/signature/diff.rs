//! The difference of two short texts, line by line.

/// Every line of both: ` ` in front of what stays, `-` of what goes, `+` of what comes. Empty where the
/// two are the same.
pub fn diff(old: &str, new: &str) -> String {
    if old == new {
        return String::new();
    }
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let same = |(a, b): &(&&str, &&str)| a == b;
    let head = old.iter().zip(&new).take_while(same).count();
    let rest = old.len().min(new.len()) - head;
    let tail = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(same).count();

    let mut out = String::new();
    let mut put = |mark: char, line: &str| out.push_str(&format!("{mark}{line}\n"));
    old[..head].iter().for_each(|line| put(' ', line));
    changed(&old[head..old.len() - tail], &new[head..new.len() - tail], &mut put);
    old[old.len() - tail..].iter().for_each(|line| put(' ', line));
    out
}

/// The middle, by the longest common subsequence.
fn changed(old: &[&str], new: &[&str], put: &mut impl FnMut(char, &str)) {
    let common = common_lengths(old, new);
    let (mut i, mut j) = (0, 0);
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            put(' ', old[i]);
            (i, j) = (i + 1, j + 1);
        } else if j == new.len() || (i < old.len() && common[i + 1][j] >= common[i][j + 1]) {
            put('-', old[i]);
            i += 1;
        } else {
            put('+', new[j]);
            j += 1;
        }
    }
}

/// `[i][j]`: how many lines `old[i..]` and `new[j..]` have in common, in order.
fn common_lengths(old: &[&str], new: &[&str]) -> Vec<Vec<u32>> {
    let mut lengths = vec![vec![0; new.len() + 1]; old.len() + 1];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            lengths[i][j] = if old[i] == new[j] {
                lengths[i + 1][j + 1] + 1
            } else {
                lengths[i + 1][j].max(lengths[i][j + 1])
            };
        }
    }
    lengths
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::diff;

    #[test]
    fn shows_what_goes_and_what_comes() {
        assert_eq!(diff("a\nb\n", "a\nb\n"), "");
        assert_eq!(diff("a\nb\nc\n", "a\nx\nc\n"), " a\n-b\n+x\n c\n");
        assert_eq!(diff("", "a\n"), "+a\n");
        assert_eq!(diff("a\nb\nc\nd\n", "b\nd\ne\n"), "-a\n b\n-c\n d\n+e\n");
    }

    proptest! {
        #[test]
        fn both_texts_can_be_read_from_it(old in "([abc]\n){0,9}", new in "([abc]\n){0,9}") {
            prop_assume!(old != new);
            let shown = diff(&old, &new);
            let side = |mark: char| -> String {
                let of_side = shown.lines().filter(|line| line.starts_with([' ', mark]));
                of_side.map(|line| format!("{}\n", &line[1..])).collect()
            };
            prop_assert_eq!(side('-'), old);
            prop_assert_eq!(side('+'), new);
        }
    }
}
