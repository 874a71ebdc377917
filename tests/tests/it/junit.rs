//! The two schemas of JUnit's XML in common use, as tables: what each element may hold and must have.
//! Where they differ, the narrower one counts: that of Ant (windyroad/JUnit-Schema) has the order and
//! what is required, that of Jenkins (junit-10.xsd) which attributes exist at all.

use std::collections::BTreeMap;

/// Name, attributes with their types (all required but those with `?`), children in order (`*`: any number,
/// `?`: at most one), and whether it holds text.
type Rule = (&'static str, &'static [(&'static str, &'static str)], &'static [&'static str], bool);

const RULES: &[Rule] = &[
    ("testsuites", &[], &["testsuite*"], false),
    (
        "testsuite",
        &[
            ("id", "integer"),
            ("package", "token"),
            ("name", "token"),
            ("timestamp", "timestamp"),
            ("hostname", "token"),
            ("tests", "integer"),
            ("failures", "integer"),
            ("errors", "integer"),
            ("skipped?", "integer"),
            ("time", "time"),
        ],
        &["properties", "testcase*", "system-out", "system-err"],
        false,
    ),
    ("properties", &[], &["property"], false),
    ("property", &[("name", "token"), ("value", "token")], &[], false),
    (
        "testcase",
        &[("classname", "token"), ("name", "token"), ("time", "time")],
        &["skipped|error|failure?"],
        false,
    ),
    ("skipped", &[], &[], false),
    ("failure", &[("message", "text"), ("type", "token")], &[], true),
    ("error", &[("message", "text"), ("type", "token")], &[], true),
    ("system-out", &[], &[], true),
    ("system-err", &[], &[], true),
];

struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    children: Vec<Element>,
    text: String,
}

/// Fails unless the document is well-formed and valid, and its counts are true.
pub(crate) fn check(xml: &str) {
    let root = parse(xml);
    assert_eq!(root.name, "testsuites");
    check_element(&root);
    for suite in &root.children {
        let cases = suite.children.iter().filter(|child| child.name == "testcase");
        let with = |name: &str| {
            let has = |case: &&Element| case.children.iter().any(|child| child.name == name);
            cases.clone().filter(has).count().to_string()
        };
        assert_eq!(suite.attributes["tests"], cases.clone().count().to_string());
        assert_eq!(suite.attributes["failures"], with("failure"));
        let skipped = suite.attributes.get("skipped").map_or("0", String::as_str);
        assert_eq!(skipped, with("skipped"));
    }
}

fn check_element(element: &Element) {
    let name = &element.name;
    let rule = RULES.iter().find(|rule| rule.0 == name);
    let (_, attributes, children, has_text) = rule.unwrap_or_else(|| panic!("no element {name}"));
    let known = |it: &str| attributes.iter().any(|(name, _)| name.trim_end_matches('?') == it);
    let unknown: Vec<_> = element.attributes.keys().filter(|it| !known(it)).collect();
    assert!(unknown.is_empty(), "{name} has no attributes {unknown:?}");
    for (attribute, kind) in *attributes {
        match element.attributes.get(attribute.trim_end_matches('?')) {
            Some(value) => {
                assert!(fits(value, kind), "{name}/@{attribute}: {value:?} is no {kind}");
            }
            None => assert!(attribute.ends_with('?'), "{name} has no {attribute}"),
        }
    }
    assert!(*has_text || element.text.trim().is_empty(), "text in {name}: {}", element.text);
    let mut rest = element.children.iter().peekable();
    for child in *children {
        let names: Vec<&str> = child.trim_end_matches(['*', '?']).split('|').collect();
        let mut count = 0;
        while rest.next_if(|it| names.contains(&it.name.as_str())).is_some() {
            count += 1;
        }
        let good = match child.chars().last() {
            Some('*') => true,
            Some('?') => count <= 1,
            _ => count == 1,
        };
        assert!(good, "{count} times {child} in {name}");
    }
    assert!(rest.next().is_none(), "{name} has more children than it may have");
    element.children.iter().for_each(check_element);
}

fn fits(value: &str, kind: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    match kind {
        "integer" => !value.is_empty() && digits(value),
        "time" => {
            value.split_once('.').is_some_and(|(a, b)| !a.is_empty() && digits(a) && digits(b))
        }
        "timestamp" => {
            let shape: String =
                value.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
            shape == "0000-00-00T00:00:00"
        }
        "token" => {
            !value.is_empty() && value.split_whitespace().collect::<Vec<_>>().join(" ") == value
        }
        _ => true,
    }
}

/// A parser for what is tested here: elements, attributes in double quotes, text, the five entities.
fn parse(xml: &str) -> Element {
    let body =
        xml.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n").expect("a declaration");
    let allowed = |c: char| c >= ' ' || ['\n', '\t', '\r'].contains(&c);
    assert!(body.chars().all(allowed), "a character that XML cannot hold");
    let mut open: Vec<Element> = Vec::new();
    let mut rest = body;
    while let Some(at) = rest.find('<') {
        if let Some(element) = open.last_mut() {
            element.text.push_str(&unescape(&rest[..at]));
        }
        let end = at + rest[at..].find('>').expect("a tag ends");
        let tag = &rest[at + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            let element = open.pop().expect("something to close");
            assert_eq!(element.name, name);
            match open.last_mut() {
                Some(parent) => parent.children.push(element),
                None => {
                    assert!(rest.trim().is_empty(), "more than one root");
                    return element;
                }
            }
            continue;
        }
        let element = start(tag.trim_end_matches('/'));
        match (tag.ends_with('/'), open.last_mut()) {
            (true, Some(parent)) => parent.children.push(element),
            _ => open.push(element),
        }
    }
    panic!("the document does not end");
}

fn start(tag: &str) -> Element {
    let (name, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
    let mut attributes = BTreeMap::new();
    while let Some((name, value)) = rest.trim_start().split_once("=\"") {
        let (value, behind) = value.split_once('"').expect("a value ends");
        assert!(attributes.insert(name.to_owned(), unescape(value)).is_none(), "{name} twice");
        rest = behind;
    }
    assert!(rest.trim().is_empty(), "{tag}");
    Element { name: name.to_owned(), attributes, children: Vec::new(), text: String::new() }
}

fn unescape(text: &str) -> String {
    let mut whole = String::new();
    for (index, part) in text.split('&').enumerate() {
        if index == 0 {
            whole.push_str(part);
            continue;
        }
        let (entity, rest) = part.split_once(';').expect("an entity ends");
        whole.push(match entity {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            _ => panic!("no entity {entity}"),
        });
        whole.push_str(rest);
    }
    whole
}
