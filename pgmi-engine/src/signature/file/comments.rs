//! A user's comments, kept when a file is written anew.
//!
//! A comment belongs to the key on whose line, or above which, it stands. Where that key is gone, so is what
//! there was to say about it.

use std::collections::HashMap;

use super::place::Line;

/// The new text with the comments of the old one.
pub(super) fn kept(old: &str, new: String) -> String {
    if !old.contains('#') {
        return new;
    }
    let commented = Comments::of(old).put_into(&new);
    // The old text may be in a style, or broken in a way, that is misread here.
    let says = |text: &str| yaml_serde::from_str::<yaml_serde::Value>(text).ok();
    if says(&commented) == says(&new) { commented } else { new }
}

/// The keys that lead to a line.
type Path = Vec<String>;

#[derive(Default)]
struct Comments<'a> {
    /// Whole lines above a key.
    above: HashMap<Path, Vec<&'a str>>,
    /// Behind a key and its value, with the space in front.
    behind: HashMap<Path, &'a str>,
    /// Whole lines at the end.
    last: Vec<&'a str>,
}

impl<'a> Comments<'a> {
    fn of(text: &'a str) -> Self {
        let (mut found, mut pending) = (Self::default(), Vec::new());
        for (line, path) in paths(text) {
            let comment = line.comment();
            match path {
                Some(path) => {
                    found.above.insert(path.clone(), std::mem::take(&mut pending));
                    found.behind.extend(comment.map(|comment| (path, comment)));
                }
                None => pending.extend(comment.map(str::trim_start)),
            }
        }
        Self { last: pending, ..found }
    }

    fn put_into(mut self, text: &str) -> String {
        let mut out = String::new();
        for (line, path) in paths(text) {
            let path = path.unwrap_or_default();
            for comment in self.above.remove(&path).unwrap_or_default() {
                out.extend([&" ".repeat(line.indent), comment, "\n"]);
            }
            let behind = self.behind.remove(&path).unwrap_or_default();
            out.extend([line.text.trim_end(), behind, "\n"]);
        }
        self.last.iter().for_each(|comment| out.extend([comment, "\n"]));
        out
    }
}

/// Each line; with the keys that lead to it, if it has one itself.
fn paths(text: &str) -> impl Iterator<Item = (Line<'_>, Option<Path>)> {
    let mut above: Vec<(usize, bool, String)> = Vec::new();
    Line::all(text, 0..text.len()).map(move |line| {
        let item = line.item();
        let is_item = item.is_some();
        let key = (!line.is_blank()).then(|| item.or_else(|| line.key())).flatten();
        let path = key.map(|key| {
            // The items of a list may stand as far left as the key of the list.
            let is_above = |(indent, was_item, _): &(usize, bool, String)| {
                *indent < line.indent || (*indent == line.indent && is_item && !was_item)
            };
            let depth = above.iter().take_while(|it| is_above(it)).count();
            above.truncate(depth);
            above.push((line.indent, is_item, key));
            above.iter().map(|(_, _, key)| key.clone()).collect()
        });
        (line, path)
    })
}

#[cfg(test)]
mod tests {
    use super::kept;

    #[test]
    fn comments_stay_with_their_keys() {
        let old = "\
# By hand.
idempotent: true # see the runbook
parameters:
  # Of the artist.
  \"id\": {type: int8, not_null: true}   # never NULL
result:
  cardinality: many
  columns:
    gone: # with this
      type: text
      not_null: true
    # The # of it.
    name:
      type: text  # 'not' citext
      not_null: false
# The end.
";
        let new = "\
idempotent: true
parameters:
  id:
    type: int8
    not_null: true
result:
  cardinality: zero_or_one
  columns:
    name:
      type: text
      not_null: true
";
        let expected = "\
# By hand.
idempotent: true # see the runbook
parameters:
  # Of the artist.
  id:   # never NULL
    type: int8
    not_null: true
result:
  cardinality: zero_or_one
  columns:
    # The # of it.
    name:
      type: text  # 'not' citext
      not_null: true
# The end.
";
        assert_eq!(kept(old, new.to_owned()), expected);
        assert_eq!(kept(expected, new.to_owned()), expected);
        assert_eq!(kept(&expected.replace('\n', "\r\n"), new.to_owned()), expected);
    }

    #[test]
    fn so_do_those_of_labels() {
        let new = "enum:\n  - glad\n  - \"so # so\"\n  - sad\n";
        let old = "enum:\n# In this order.\n- glad # :)\n- gone # :|\n- 'so # so' # :/\n";
        let expected = "enum:\n  # In this order.\n  - glad # :)\n  - \"so # so\" # :/\n  - sad\n";
        assert_eq!(kept(old, new.to_owned()), expected);
    }

    #[test]
    fn what_cannot_be_read_changes_nothing_else() {
        let new = "idempotent: false\nparameters: {}\n";
        for old in
            ["result: [ # what", "\"a\n# b\": c", "- # a", "parameters: {} # b\0", "#\u{85}a: b"]
        {
            let text = kept(old, new.to_owned());
            let says = |text: &str| yaml_serde::from_str::<yaml_serde::Value>(text).unwrap();
            assert_eq!(says(&text), says(new), "{old:?}");
        }
    }
}
