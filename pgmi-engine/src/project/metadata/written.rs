//! What stands in a `<pgmi-meta>` block, read as XML and then checked.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use uuid::Uuid;

use super::Metadata;
use super::problem::Problem;

/// What stands in the block, unchecked.
#[derive(Default)]
pub(super) struct Written {
    id: Option<String>,
    idempotent: Option<String>,
    sort_keys: Vec<String>,
    descriptions: Vec<String>,
}

impl Written {
    /// Reads the first element and what is in it; text behind it is the comment's own.
    pub(super) fn read(xml: &str) -> Result<Self, Problem> {
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

    /// The metadata, or everything that is wrong with it.
    pub(super) fn check(self, id_span: Range<usize>) -> Result<Metadata, Problem> {
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
