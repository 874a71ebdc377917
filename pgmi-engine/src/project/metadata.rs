//! `<pgmi-meta>`: what a SQL file says about itself, as XML in one of its block comments.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use uuid::Uuid;

use super::path::ProjectPath;
use crate::diagnostic::{Code, Diagnostic, SourceText};
use crate::sql::{TokenKind, tokens};

/// Largest block in bytes.
const MAX_SIZE: usize = 10_240;

/// What a `<pgmi-meta>` block says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Metadata {
    pub id: Uuid,
    pub idempotent: bool,
    /// Where the file stands in the plan, once for each key; empty: its path is its key.
    pub sort_keys: Vec<String>,
    /// Empty when there is none.
    pub description: String,
    /// The block in the file, for findings about it.
    pub id_span: Range<usize>,
}

impl Metadata {
    /// The metadata of a SQL file; `None` when it carries no block.
    pub(super) fn find(path: &ProjectPath, content: &str) -> Result<Option<Self>, Diagnostic> {
        if memchr::memmem::find(content.as_bytes(), b"pgmi").is_none() {
            return Ok(None);
        }
        let fail = |finding: Diagnostic, span: Range<usize>| {
            finding.at(&SourceText::new(path.as_str(), content), span, "")
        };
        let mut blocks = comments(content).filter_map(|span| Block::in_comment(content, span));
        let Some(block) = blocks.next() else { return Ok(None) };
        if let Some(second) = blocks.next() {
            let message = format!("Multiple metadata blocks found in `{}`", path.as_str());
            let finding = Diagnostic::error(Code::Metadata, message).help("keep one of them");
            return Err(fail(finding, second.span));
        }
        block
            .parse(content)
            .map(Some)
            .map_err(|problem| fail(problem.finding(path), block.span.clone()))
    }
}

/// The block comments that stand outside literals.
fn comments(content: &str) -> impl Iterator<Item = Range<usize>> {
    tokens(content).filter(|token| token.kind == TokenKind::BlockComment).map(|token| token.span)
}

/// A comment that holds a metadata block.
struct Block {
    /// From the block's `<` to the comment's end mark.
    span: Range<usize>,
    /// Length of the whole comment's text.
    comment_length: usize,
    outdated: bool,
}

/// What can be wrong with a block.
enum Problem {
    Outdated,
    TooLarge(usize),
    Syntax(String),
    Content(Vec<String>),
}

impl Block {
    fn in_comment(content: &str, comment: Range<usize>) -> Option<Self> {
        let text = content[comment.start + 2..comment.end].trim_end_matches("*/");
        let begin = comment.start + 2;
        let outdated = text.find("<pgmi:meta");
        let at = opening(text).or(outdated)?;
        Some(Self {
            span: begin + at..begin + text.trim_end().len(),
            comment_length: text.trim().len(),
            outdated: outdated == Some(at),
        })
    }

    fn parse(&self, content: &str) -> Result<Metadata, Problem> {
        if self.outdated {
            return Err(Problem::Outdated);
        }
        if self.comment_length > MAX_SIZE {
            return Err(Problem::TooLarge(self.comment_length));
        }
        let written = Written::read(&content[self.span.clone()])?;
        written.check(self.span.clone())
    }
}

/// Where `<pgmi-meta` stands as a tag's beginning.
fn opening(text: &str) -> Option<usize> {
    text.match_indices('<').map(|(at, _)| at).find(|&at| {
        text[at + 1..]
            .trim_start()
            .strip_prefix("pgmi-meta")
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_whitespace() || c == '>'))
    })
}

/// What stands in the block, unchecked.
#[derive(Default)]
struct Written {
    id: Option<String>,
    idempotent: Option<String>,
    sort_keys: Vec<String>,
    descriptions: Vec<String>,
}

impl Written {
    /// Reads the first element and what is in it; text behind it is the comment's own.
    fn read(xml: &str) -> Result<Self, Problem> {
        let mut reader = Reader::from_str(xml);
        let mut written = Self::default();
        let mut open: Vec<String> = Vec::new();
        loop {
            match reader.read_event().map_err(|error| syntax(&reader, xml, &error))? {
                Event::Start(tag) => {
                    written.enter(&tag, open.len())?;
                    open.push(String::from_utf8_lossy(tag.local_name().as_ref()).into_owned());
                }
                Event::Empty(tag) => {
                    let depth = open.len();
                    written.enter(&tag, depth)?;
                    if depth == 0 {
                        return Ok(written);
                    }
                }
                Event::Text(text) => written.text(&open, &text.decode().unwrap_or_default()),
                Event::CData(text) => written.text(&open, &String::from_utf8_lossy(&text)),
                Event::GeneralRef(name) => written.text(&open, &resolve(&name)?),
                Event::End(_) => {
                    open.pop();
                    if open.is_empty() {
                        return Ok(written);
                    }
                }
                Event::Eof => return Err(Problem::Syntax("the element is not closed".into())),
                _ => {}
            }
        }
    }

    fn enter(&mut self, tag: &BytesStart<'_>, depth: usize) -> Result<(), Problem> {
        match (depth, tag.local_name().as_ref()) {
            (0, b"pgmi-meta") => self.attributes(tag),
            (1, b"description") => {
                self.descriptions.push(String::new());
                Ok(())
            }
            (2, b"key") => {
                self.sort_keys.push(String::new());
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn attributes(&mut self, tag: &BytesStart<'_>) -> Result<(), Problem> {
        for attribute in tag.attributes() {
            let attribute = attribute.map_err(|error| Problem::Syntax(error.to_string()))?;
            let value =
                attribute.unescape_value().map_err(|error| Problem::Syntax(error.to_string()))?;
            match attribute.key.local_name().as_ref() {
                b"id" => self.id = Some(value.trim().to_owned()),
                b"idempotent" => self.idempotent = Some(value.trim().to_owned()),
                _ => {}
            }
        }
        Ok(())
    }

    fn text(&mut self, open: &[String], text: &str) {
        let into = match open.iter().map(String::as_str).collect::<Vec<_>>()[..] {
            [_, "description"] => self.descriptions.last_mut(),
            [_, "sortKeys", "key"] => self.sort_keys.last_mut(),
            _ => None,
        };
        if let Some(into) = into {
            into.push_str(text);
        }
    }

    fn check(self, id_span: Range<usize>) -> Result<Metadata, Problem> {
        let mut problems = Vec::new();
        let id = check_id(self.id.as_deref()).map_err(|problem| problems.push(problem)).ok();
        let idempotent = check_idempotent(self.idempotent.as_deref())
            .map_err(|problem| problems.push(problem))
            .ok();
        for (index, key) in self.sort_keys.iter().enumerate() {
            if key.trim().is_empty() {
                problems.push(format!("sort key at index {index} is blank"));
            }
        }
        if self.descriptions.len() > 1 {
            problems.push("there is more than one <description>".into());
        }
        let description = self.descriptions.first().map(|text| text.trim().to_owned());
        if description.as_deref() == Some("") {
            problems.push("the description is blank: write one, or leave the element out".into());
        }
        match (id, idempotent, problems.is_empty()) {
            (Some(id), Some(idempotent), true) => Ok(Metadata {
                id,
                idempotent,
                sort_keys: self.sort_keys.iter().map(|key| key.trim().to_owned()).collect(),
                description: description.unwrap_or_default(),
                id_span,
            }),
            _ => Err(Problem::Content(problems)),
        }
    }
}

fn check_id(id: Option<&str>) -> Result<Uuid, String> {
    let id = id.ok_or("the attribute id is missing: it takes a UUID")?;
    match Uuid::parse_str(id) {
        Ok(id) if id.is_nil() => Err("the attribute id is the nil UUID".into()),
        Ok(id) => Ok(id),
        Err(_) => Err(format!("the attribute id is not a UUID: `{id}`")),
    }
}

fn check_idempotent(value: Option<&str>) -> Result<bool, String> {
    match value {
        None => Err("the attribute idempotent is missing: it takes \"true\" or \"false\"".into()),
        Some("1" | "t" | "T" | "TRUE" | "true" | "True") => Ok(true),
        Some("0" | "f" | "F" | "FALSE" | "false" | "False") => Ok(false),
        Some(other) => {
            Err(format!("the attribute idempotent is `{other}`: it takes \"true\" or \"false\""))
        }
    }
}

/// The predefined entities and character references of XML.
fn resolve(name: &quick_xml::events::BytesRef<'_>) -> Result<String, Problem> {
    if let Ok(Some(character)) = name.resolve_char_ref() {
        return Ok(character.to_string());
    }
    let text = name.decode().unwrap_or_default();
    quick_xml::escape::resolve_predefined_entity(&text)
        .map(str::to_owned)
        .ok_or_else(|| Problem::Syntax(format!("unknown entity &{text};")))
}

fn syntax(reader: &Reader<&[u8]>, xml: &str, error: &quick_xml::Error) -> Problem {
    let at = usize::try_from(reader.error_position()).unwrap_or(xml.len()).min(xml.len());
    let line = xml.as_bytes()[..at].iter().filter(|&&byte| byte == b'\n').count() + 1;
    Problem::Syntax(format!("line {line} of the block: {error}"))
}

impl Problem {
    fn finding(self, path: &ProjectPath) -> Diagnostic {
        let file = path.as_str();
        let error = |text: String| Diagnostic::error(Code::Metadata, text);
        match self {
            Self::Outdated => error(format!("`{file}` uses the outdated form <pgmi:meta>"))
                .help("write <pgmi-meta id=\"…\" idempotent=\"…\"> without a namespace"),
            Self::TooLarge(size) => error(format!(
                "the <pgmi-meta> block of `{file}` has {size} bytes; the limit is {MAX_SIZE}"
            ))
            .help("move the prose into a comment of its own"),
            Self::Syntax(text) => {
                error(format!("the <pgmi-meta> block of `{file}` is not XML: {text}"))
            }
            Self::Content(problems) if problems.len() == 1 => {
                error(format!("invalid <pgmi-meta> in `{file}`: {}", problems.concat()))
            }
            Self::Content(problems) => problems.iter().enumerate().fold(
                error(format!("invalid <pgmi-meta> in `{file}`: {} problems", problems.len())),
                |finding, (index, problem)| finding.note(format!("{}. {problem}", index + 1)),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "11111111-2222-3333-4444-555555555555";

    fn find(content: &str) -> Result<Option<Metadata>, Diagnostic> {
        Metadata::find(&ProjectPath::new("a.sql"), content)
    }

    fn problems(content: &str) -> String {
        let finding = find(content).unwrap_err();
        format!("{}\n{}", finding.message, finding.notes.join("\n"))
    }

    #[test]
    fn reads_a_full_block_wherever_it_stands() {
        let block = format!(
            "<pgmi-meta idempotent=\"1\" id=\"{ID}\" more=\"x\">\n <description> a &lt; b /* c */ </description>\
             <sortKeys><key>001/000</key><key> 002 </key></sortKeys><other/>\n</pgmi-meta> tail"
        );
        for sql in [format!("/* {block} */ select 1;"), format!("/* a /* b */ */ /*\n{block}\n*/")]
        {
            let metadata = find(&sql).unwrap().unwrap();
            assert_eq!(metadata.id.to_string(), ID);
            assert!(metadata.idempotent);
            assert_eq!(metadata.sort_keys, ["001/000", "002"]);
            assert_eq!(metadata.description, "a < b /* c */");
        }
    }

    #[test]
    fn keys_and_description_may_be_absent() {
        let metadata =
            find(&format!("/*<pgmi-meta id='{ID}' idempotent='F'/>*/")).unwrap().unwrap();
        assert!(!metadata.idempotent && metadata.sort_keys.is_empty());
    }

    #[test]
    fn literals_and_other_spellings_are_no_block() {
        for sql in [
            "select '/* <pgmi-meta > */'",
            "select $$/* <pgmi-meta > */$$",
            "select \"/* <pgmi-meta > */\"",
            "/* <PGMI-META id=''> */",
            "/* <pgmi-metadata> */",
            "-- <pgmi-meta >",
        ] {
            assert!(find(sql).unwrap().is_none(), "{sql}");
        }
    }

    #[test]
    fn every_problem_is_named() {
        assert!(
            problems("/* <pgmi-meta > </pgmi-meta> */").contains("1. the attribute id is missing")
        );
        assert!(
            problems("/* <pgmi-meta > </pgmi-meta> */")
                .contains("2. the attribute idempotent is missing")
        );
        let nil = Uuid::nil();
        assert!(
            problems(&format!("/*<pgmi-meta id='{nil}' idempotent='true'></pgmi-meta>*/"))
                .contains("nil")
        );
        let bad = format!(
            "/*<pgmi-meta id='{ID}' idempotent='yes'><description> </description><sortKeys><key> </key></sortKeys></pgmi-meta>*/"
        );
        let text = problems(&bad);
        for part in ["`yes`", "index 0", "description is blank"] {
            assert!(text.contains(part), "{text}");
        }
        assert!(problems("/* <pgmi:meta> */").contains("outdated"));
        assert!(problems("/* <pgmi-meta id= */").contains("not XML"));
        assert!(problems("/* <pgmi-meta > */").contains("not closed"));
        let block = format!("/*<pgmi-meta id='{ID}' idempotent='1'></pgmi-meta>*/");
        assert!(problems(&format!("{block}{block}")).contains("Multiple metadata blocks found"));
        assert!(problems(&format!("/*<pgmi-meta > {}*/", "x".repeat(10_300))).contains("10240"));
    }
}
