//! PostgreSQL's CONTEXT, taken apart: a stack of frames, the innermost first.
//!
//! A frame is a line, except that one which quotes SQL holds all of its lines. The words are in the
//! server's language; what is recognised here is not: quotes, `PL/pgSQL`, routine names and numbers.

use std::collections::HashMap;

/// One level of the stack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Frame<'a> {
    /// `PL/pgSQL function f(integer) line 3 at RAISE`; a DO block is `inline_code_block`.
    Routine { name: &'a str, line: usize, what: &'a str },
    /// `SQL function "f" statement 2`.
    SqlFunction { name: &'a str },
    /// `SQL statement "…"` with all of a file as its text.
    File(usize),
    /// `SQL statement "…"` with another text: what a routine executed.
    Statement(&'a str),
}

/// The frames of a CONTEXT. `contents` are the texts that a frame may quote whole.
pub(super) fn frames<'a>(context: &'a str, contents: &[&str]) -> Vec<Frame<'a>> {
    let by_head = by_head(contents);
    let mut frames = Vec::new();
    let mut rest = context;
    while !rest.is_empty() {
        let line_end = rest.find('\n').unwrap_or(rest.len());
        let line = &rest[..line_end];
        let mut next = line_end;
        if let Some((file, end)) = quoted_file(rest, line_end, contents, &by_head) {
            frames.push(Frame::File(file));
            next = rest[end..].find('\n').map_or(rest.len(), |at| end + at);
        } else if let Some(frame) = routine(line) {
            frames.push(frame);
        } else if let Some(frame) = sql_function(line) {
            frames.push(frame);
        } else if let Some(at) = line.find('"').filter(|_| line.starts_with("SQL")) {
            match contained_file(&rest[at + 1..], contents) {
                Some((file, begin)) => {
                    frames.push(Frame::File(file));
                    let end = at + 1 + begin + contents[file].len();
                    next = rest[end..].find('\n').map_or(rest.len(), |newline| end + newline);
                }
                None => frames.push(Frame::Statement(line[at + 1..].trim_end_matches('"'))),
            }
        }
        rest = rest[next..].trim_start_matches('\n');
    }
    frames
}

/// How many bytes of a text are enough to find those that may be equal to it.
const HEAD: usize = 24;

fn head(text: &str) -> &[u8] {
    &text.as_bytes()[..text.len().min(HEAD)]
}

/// Texts by their beginning; ten thousand files are not compared one by one.
fn by_head<'c>(contents: &[&'c str]) -> HashMap<&'c [u8], Vec<usize>> {
    let mut map: HashMap<&[u8], Vec<usize>> = HashMap::new();
    for (index, content) in contents.iter().enumerate().filter(|(_, content)| !content.is_empty()) {
        map.entry(head(content)).or_default().push(index);
    }
    map
}

/// The text that stands quoted after the line's first quote, and where it ends; the longest that fits.
fn quoted_file(
    rest: &str,
    line_end: usize,
    contents: &[&str],
    by_head: &HashMap<&[u8], Vec<usize>>,
) -> Option<(usize, usize)> {
    let quote =
        rest[..line_end].char_indices().find(|(_, c)| matches!(c, '"' | '„' | '«' | '»' | '“'))?;
    let start = quote.0 + quote.1.len_utf8();
    let quoted = &rest[start..];
    let fits = |index: &usize| quoted.starts_with(contents[*index]);
    let mut best: Option<usize> = None;
    for length in 1..=HEAD.min(quoted.len()) {
        let candidates = by_head.get(&quoted.as_bytes()[..length]).into_iter().flatten();
        for index in candidates.copied().filter(fits) {
            if best.is_none_or(|other| contents[index].len() > contents[other].len()) {
                best = Some(index);
            }
        }
    }
    best.map(|index| (index, start + contents[index].len()))
        .filter(|&(_, end)| rest[end..].starts_with(['"', '“', '»', '«', '”']))
}

/// How much SQL of their own users put before a file's content: `'set role r; ' || content`.
const PREFIX: usize = 1_000;

/// A text shorter than this is too likely to stand somewhere by chance.
const SHORTEST: usize = 16;

/// The file whose content stands in a text, at most [`PREFIX`] bytes after its beginning, and where; the
/// longest that does.
pub(super) fn contained_file(text: &str, contents: &[&str]) -> Option<(usize, usize)> {
    let window = &text.as_bytes()[..text.len().min(PREFIX + HEAD)];
    let fits = |(index, content): (usize, &&str)| {
        let at = memchr::memmem::find(window, head(content))?;
        // A quote at a line's end closes the frame: what is behind it belongs to another.
        let fits = text[at..].starts_with(*content) && !text[..at].contains("\"\n");
        fits.then_some((index, at))
    };
    let long_enough = contents.iter().enumerate().filter(|(_, content)| content.len() >= SHORTEST);
    long_enough.filter_map(fits).max_by_key(|&(index, _)| contents[index].len())
}

/// `PL/pgSQL` is a name in every language; so is the routine's, and the first number behind it is the line.
fn routine(line: &str) -> Option<Frame<'_>> {
    let at = line.find("PL/pgSQL")?;
    let rest = &line[at..];
    let (name, after) = match rest.find("inline_code_block") {
        Some(at) => rest[at..].split_at("inline_code_block".len()),
        None => {
            let open = rest.find('(')?;
            let start = rest[..open].rfind(' ')? + 1;
            let close = rest[open..].find(')')? + open + 1;
            (&rest[start..open], &rest[close..])
        }
    };
    let digits = after.find(|c: char| c.is_ascii_digit())?;
    let number = after[digits..].split(|c: char| !c.is_ascii_digit()).next()?;
    let what = after[digits + number.len()..].rsplit(" at ").next().unwrap_or("").trim();
    Some(Frame::Routine { name, line: number.parse().ok()?, what })
}

fn sql_function(line: &str) -> Option<Frame<'_>> {
    let rest = line.strip_prefix("SQL function ")?.strip_prefix('"')?;
    rest.split_once('"').map(|(name, _)| Frame::SqlFunction { name })
}

/// The context with whole files left out: the report shows the place in them instead.
pub(super) fn shorten(context: &str, contents: &[&str]) -> String {
    const KEPT: usize = 200;
    let mut out = context.to_owned();
    let long = |content: &&&str| content.len() > KEPT || content.contains('\n');
    let mut quoted: Vec<&&str> = contents.iter().filter(long).collect();
    quoted.sort_by_key(|content| std::cmp::Reverse(content.len()));
    for content in quoted {
        if content.len() < out.len() && out.contains(*content) {
            let first = content.lines().find(|line| !line.trim().is_empty()).unwrap_or("").trim();
            let first: String = first.chars().take(60).collect();
            out = out.replace(*content, &format!("{first} …"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_stack_in_any_language() {
        let files = ["select 1;\nselect \"x\"\n", "select 1;"];
        let context = "PL/pgSQL function shop.pay(integer, text) line 12 at RAISE\n\
             SQL statement \"select shop.pay(1)\"\n\
             PL/pgSQL-Funktion inline_code_block Zeile 3 bei PERFORM\n\
             SQL-Anweisung „select 1;\nselect \"x\"\n“\n\
             SQL function \"f\" statement 1\n\
             PL/pgSQL function inline_code_block line 7 at EXECUTE";
        assert_eq!(
            frames(context, &files),
            [
                Frame::Routine { name: "shop.pay", line: 12, what: "RAISE" },
                Frame::Statement("select shop.pay(1)"),
                Frame::Routine { name: "inline_code_block", line: 3, what: "bei PERFORM" },
                Frame::File(0),
                Frame::SqlFunction { name: "f" },
                Frame::Routine { name: "inline_code_block", line: 7, what: "EXECUTE" },
            ]
        );
        assert_eq!(frames("SQL statement \"select 1;\"", &files), [Frame::File(1)]);
    }

    #[test]
    fn a_file_is_known_behind_other_sql() {
        let file = "insert into t\nvalues (1), (2);";
        let context = format!(
            "SQL statement \"set role r; {file} -- end\"\nPL/pgSQL function f() line 1 at EXECUTE"
        );
        assert_eq!(frames(&context, &["other text of some length", file])[0], Frame::File(1));
        assert_eq!(frames(&context, &["other"])[0], Frame::Statement("set role r; insert into t"));
    }

    #[test]
    fn whole_files_are_not_repeated() {
        let shown = shorten("SQL statement \"select a,\n b;\"\nx", &["select a,\n b;"]);
        assert_eq!(shown, "SQL statement \"select a, …\"\nx");
    }
}
