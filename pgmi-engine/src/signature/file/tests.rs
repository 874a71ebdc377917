use proptest::prelude::*;

use super::*;
use crate::diagnostic::Code;
use crate::project::Texts;
use crate::signature::testing;
use crate::signature::{TypeName, reconcile, reconcile_type};

fn source(text: &str) -> SourceText {
    SourceText::new("queries/q.sig.yaml", text)
}

fn parse(text: &str) -> SignatureFile {
    SignatureFile::parse(&source(text)).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn field(name: &str, type_name: &str, not_null: bool) -> FileField {
    let (spelling, dims) = Spelling::parse(type_name).unwrap();
    let element_not_null = (dims > 0).then_some(false);
    FileField { name: name.into(), spelling, dims, not_null, element_not_null }
}

/// As pGenie 0.14 writes it.
const WRITTEN: &str = "\
idempotent: false
parameters:
  name:
    type: text
    not_null: true
  tags:
    type: track_info
    not_null: false
    dims: 1
    element_not_null: false
result:
  cardinality: zero_or_one
  columns:
    id:
      type: int8
      not_null: true
";

#[test]
fn reads_and_writes_what_pgenie_writes() {
    let file = parse(WRITTEN);
    assert!(!file.idempotent);
    assert_eq!(
        file.parameters,
        [field("name", "text", true), field("tags", "track_info[]", false)]
    );
    let result = file.result.as_ref().unwrap();
    assert_eq!(result.cardinality, Cardinality::ZeroOrOne);
    assert_eq!(result.columns, [field("id", "int8", true)]);
    assert_eq!(file.to_yaml(), WRITTEN);
}

#[test]
fn reads_the_older_forms_and_any_style() {
    let expected = FileField { element_not_null: Some(true), ..field("a", "track_info[]", false) };
    for text in [
        "parameters:\n  a:\n    type:\n      array:\n        element:\n          name: track_info\n          not_null: true\n    not_null: false\n",
        "parameters: {a: {type: 'track_info[]', not_null: false, element_not_null: true}}",
        "---\n# mine\nparameters:\n\n  \"a\" :\n    not_null: false # yet\n    element_not_null: true\n    dims: 1\n    type: track_info\n",
        "parameters:\r\n  a:\r\n    type: track_info[]\r\n    not_null: false\r\n    element_not_null: true\r\n",
    ] {
        assert_eq!(parse(text).parameters, std::slice::from_ref(&expected), "{text}");
    }
    let unsaid = parse("parameters:\n  a:\n    type: text[]\n    not_null: true\n");
    assert_eq!((unsaid.parameters[0].dims, unsaid.parameters[0].element_not_null), (1, None));
    for nothing in ["", "# nothing\n", "parameters: {}\n", "idempotent: false"] {
        assert_eq!(parse(nothing).to_yaml(), "idempotent: false\nparameters: {}\n");
    }
}

#[test]
fn scalars_of_yaml_stay_words() {
    let text = "parameters:\n  true:\n    type: date\n    not_null: true\n  1:\n    type: \"null\"\n    not_null: true\n";
    let names: Vec<_> = parse(text).parameters.into_iter().map(|one| one.name).collect();
    assert_eq!(names, ["true", "1"]);
    let labels =
        TypeFile::parse(&source("enum:\n  - DVD-Audio\n  - true\n  - 1.10\n  - ~\n")).unwrap();
    let expected = ["DVD-Audio", "true", "1.10", "~"].map(str::to_owned).to_vec();
    assert_eq!(labels, TypeFile::Enum(expected));
}

#[test]
fn a_wrong_file_is_refused_at_its_place_with_a_next_step() {
    let field = "parameters:\n  a:\n    type: int8\n    not_null: true\n";
    for (text, line, message, help) in [
        ("parmeters: {}\n".to_owned(), 1, "parmeters", "`parameters`"),
        (format!("{field}    dim: 1\n"), 5, "dim", "`dims`"),
        (field.replace("int8", "\"int8[\""), 2, "not the name of a type", ""),
        (field.replace("    not_null: true\n", ""), 3, "missing field `not_null`", ""),
        (field.replace("true", "maybe"), 4, "maybe", ""),
        (format!("{field}    dims: 300\n"), 5, "300", ""),
        (format!("{field}    element_not_null: true\n"), 2, "for arrays", ""),
        (field.replace("int8", "int8[]") + "    dims: 2\n", 2, "contradicts", ""),
        (format!("{field}  a:\n    type: int8\n    not_null: true\n"), 5, "twice", ""),
        (
            "result:\n  cardinality: zero_or_on\n  columns: {}\n".to_owned(),
            2,
            "zero_or_on",
            "`zero_or_one`",
        ),
        ("result:\n  cardinality: none\n  columns: {}\n".to_owned(), 2, "none", ""),
        ("parameters: [\n".to_owned(), 1, "", ""),
        ("result: many\n".to_owned(), 1, "a mapping with `cardinality` and `columns`", ""),
        ("parameters:\n  a: int8\n".to_owned(), 2, "a mapping with `type` and `not_null`", ""),
        ("a: *x\n".to_owned(), 1, "", ""),
    ] {
        let error = SignatureFile::parse(&source(&text)).expect_err(&text);
        let label = error.primary().place().unwrap();
        assert_eq!(error.code(), Code::SignatureUnreadable);
        assert!(error.to_string().contains(message), "{error}");
        let at = label.source.line_column(label.span.start);
        assert_eq!(at.line, line, "{text}\n{error}");
        let helps = error.primary().help.join("\n");
        assert!(helps.contains(help), "{error}: {helps}");
    }
    for text in ["", "enum: [a]\ncomposite: {}\n", "enums: []\n"] {
        assert!(TypeFile::parse(&source(text)).is_err(), "{text}");
    }
}

#[test]
fn places_are_those_of_the_keys() {
    let text = "# id:\nparameters:\n  id:\n    type: int8\n\n  \"odd: name\":\n    type: text\nresult:\n  columns:\n    id: {type: int8}\n";
    for (path, line, shown) in [
        (&["parameters"][..], 2, "parameters"),
        (&["parameters", "id", "type"], 4, "type"),
        (&["parameters", "odd: name", "type"], 7, "type"),
        (&["parameters", "odd: name"], 6, "\"odd: name\""),
        (&["result", "columns", "id"], 10, "id"),
        (&["result", "columns", "id", "type"], 10, "id"),
        (&["result", "cardinality"], 8, "result"),
    ] {
        let place = place_of(text, path);
        assert_eq!(source(text).line_column(place.start).line, line, "{path:?}");
        assert_eq!(&text[place], shown);
    }
    assert_eq!(place_of(text, &["other"]), 0..0);
}

#[test]
fn folders_know_what_is_missing_orphaned_or_there_twice() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [
        ("a.sql", "select 1"),
        ("a.sig.yaml", "parameters: {}"),
        ("b.sig1.pgn.yaml", "parameters: {}"),
        ("b.sig.yaml", "parameters: {}"),
        ("gone.sig.yaml", "parameters: {}"),
        ("bad.sig.yaml", "nonsense"),
    ] {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    std::fs::write(folder.path().join("latin.sig.yaml"), b"\xe9").unwrap();
    let read = CommittedFiles::read_queries(folder.path(), "queries", Texts::default());
    let codes: Vec<_> = read.findings.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, [Code::SignatureDuplicate, Code::SignatureUnreadable, Code::FileNotUtf8]);
    assert_eq!(read.get(&"a".to_owned()).unwrap().stem(), "a");
    assert!(read.contains(&"bad".to_owned()) && read.get(&"bad".to_owned()).is_none());
    assert!(read.contains(&"latin".to_owned()) && !read.contains(&"c".to_owned()));
    let orphans = read.orphaned(|name| name != "gone");
    assert_eq!(orphans.len(), 1);
    assert!(orphans[0].message.contains("queries/gone.sig.yaml"));
    let none = CommittedFiles::read_queries(&folder.path().join("none"), "x", Texts::default());
    assert!(none.findings.is_empty());
}

#[test]
fn types_are_found_below_their_schema() {
    let folder = tempfile::tempdir().unwrap();
    let odd = TypeName::new("public", ".a/b%c");
    for path in ["public/kind.sig1.pgn.yaml".to_owned(), type_file_path(&odd)] {
        std::fs::create_dir_all(folder.path().join("public")).unwrap();
        std::fs::write(folder.path().join(path), "enum: [a]\n").unwrap();
    }
    let read = CommittedFiles::read_types(folder.path(), "types", Texts::default());
    assert!(read.findings.is_empty());
    assert_eq!(read.get(&TypeName::new("public", "kind")).unwrap().dialect, Dialect::Pgenie);
    assert!(read.get(&odd).is_some());
    assert!(
        CommittedFiles::read_types(&folder.path().join("none"), "x", Texts::default())
            .findings
            .is_empty()
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    /// What is written is read back, and holds as it was inferred.
    #[test]
    fn signatures_survive_their_file(signature in testing::signature()) {
        let file = SignatureFile::of(&signature);
        let text = file.to_yaml();
        let content = SignatureFile::parse(&source(&text)).map_err(|e| TestCaseError::fail(format!("{text}: {e}")))?;
        prop_assert_eq!(&content, &file);
        prop_assert_eq!(read::signature(&source(&text)).ok(), Some(file));
        prop_assert_eq!(content.to_yaml(), text.as_str());
        let committed = Committed { content, source: source(&text), dialect: Dialect::Pgmi };
        let held = reconcile(&signature, &committed, &[]);
        prop_assert!(held.findings.is_empty(), "{:?}", held.findings);
        prop_assert_eq!(held.value, signature);
    }

    /// What is read as our own is what YAML says, and our own is mostly read so.
    #[test]
    fn both_readers_agree(signature in testing::signature(), at: prop::sample::Index, action in 0..5) {
        let text = SignatureFile::of(&signature).to_yaml();
        let mut lines: Vec<_> = text.lines().map(str::to_owned).collect();
        let at = at.index(lines.len());
        match action {
            0 => {}
            1 => drop(lines.remove(at)),
            2 => lines.insert(at, lines[at].clone()),
            3 => lines[at] = lines[at].replace("false", "true"),
            _ => lines.swap(0, at),
        }
        let text = lines.join("\n") + "\n";
        match written::signature(&text) {
            Some(file) => prop_assert_eq!(read::signature(&source(&text)).ok(), Some(file)),
            None => prop_assert!(action > 0 || text.contains('"'), "{text}"),
        }
    }

    /// Wherever a comment stands, it is still there when the same is written again.
    #[test]
    fn comments_stay_where_they_stand(signature in testing::signature(), behind: u64, above: u64) {
        let file = SignatureFile::of(&signature);
        let mut old = String::new();
        for (at, line) in file.to_yaml().lines().enumerate() {
            let is_in = |set: u64| set >> (at % 64) & 1 == 1;
            if is_in(above) {
                let indent = line.len() - line.trim_start().len();
                old += &format!("{}# above \"{at}\n", " ".repeat(indent));
            }
            old += line;
            old += if is_in(behind) { " # it's behind\n" } else { "\n" };
        }
        prop_assert_eq!(file.to_yaml_over(&old), old);
    }

    /// Whatever was written over, nothing else is said than without it.
    #[test]
    fn comments_say_nothing(
        signature in testing::signature(),
        old in "(parameters|result|columns|a|type|# |: |- |\\PC|[:\\[\\]{}\"'#&*-]|\n| ){0,30}",
    ) {
        let file = SignatureFile::of(&signature);
        let text = file.to_yaml_over(&old);
        prop_assert_eq!(read::signature(&source(&text)).ok(), Some(file), "{}", text);
    }

    #[test]
    fn types_survive_their_file(definition in testing::type_definition()) {
        let Some(file) = TypeFile::of(&definition.kind) else { return Ok(()) };
        let text = file.to_yaml();
        let content = TypeFile::parse(&source(&text)).map_err(|e| TestCaseError::fail(format!("{text}: {e}")))?;
        prop_assert_eq!(&content, &file);
        let committed = Committed { content, source: source(&text), dialect: Dialect::Pgmi };
        let held = reconcile_type(&definition, &committed, &[]);
        prop_assert!(held.findings.is_empty(), "{:?}", held.findings);
        prop_assert_eq!(held.value, definition);
    }

    /// Any text is read or refused, never a panic.
    #[test]
    fn any_text_is_survived(text in "(parameters|result|columns|a|type|\\PC|[:\\[\\]{}\"'#&*-]|\n| ){0,30}") {
        let _ = SignatureFile::parse(&source(&text));
        let _ = TypeFile::parse(&source(&text));
        let _ = place_of(&text, &["parameters", "a", "type"]);
    }
}
