//! From the YAML of a committed file to what it says.

use serde::de::DeserializeOwned;

use super::place::{line_at, place_of};
use super::shape::{
    CardinalityShape, FieldShape, Ordered, ResultShape, SignatureShape, TypeFileShape, TypeShape,
};
use super::{FileField, FileResult, SignatureFile, TypeFile};
use crate::Result;
use crate::diagnostic::{Code, Diagnostic, SourceText, nearest};
use crate::signature::{Cardinality, Spelling};

const KEYS: &[&str] = &[
    "idempotent",
    "parameters",
    "result",
    "cardinality",
    "columns",
    "type",
    "not_null",
    "dims",
    "element_not_null",
    "enum",
    "composite",
    "array",
    "element",
    "name",
    "zero_or_one",
    "one",
    "many",
];

pub(super) fn signature(source: &SourceText) -> Result<SignatureFile> {
    let shape: SignatureShape = yaml(source)?;
    let result = |result: ResultShape| -> Result<FileResult> {
        Ok(FileResult {
            cardinality: cardinality(&result.cardinality),
            columns: fields(source, &["result", "columns"], result.columns)?,
        })
    };
    Ok(SignatureFile {
        idempotent: shape.idempotent,
        parameters: fields(source, &["parameters"], shape.parameters)?,
        result: shape.result.map(result).transpose()?,
    })
}

pub(super) fn type_file(source: &SourceText) -> Result<TypeFile> {
    let shape: TypeFileShape = yaml(source)?;
    match (shape.labels, shape.composite) {
        (Some(labels), None) => Ok(TypeFile::Enum(labels)),
        (None, Some(members)) => Ok(TypeFile::Composite(fields(source, &["composite"], members)?)),
        _ => {
            let message = "a type is either an `enum` or a `composite`";
            let help = "write one of the two, or delete the file and run `cargo pgmi generate`";
            Err(unreadable(source, message).at(source, 0..0, "").help(help).into())
        }
    }
}

/// Reads the whole text into a shape; an empty one is an empty mapping.
fn yaml<T: DeserializeOwned>(source: &SourceText) -> Result<T> {
    let parsed = match yaml_serde::from_str::<Option<T>>(source.text()) {
        Ok(None) => yaml_serde::from_str("{}"),
        Ok(Some(shape)) => Ok(shape),
        Err(error) => Err(error),
    };
    parsed.map_err(|error| wrong_yaml(source, &error).into())
}

fn cardinality(shape: &CardinalityShape) -> Cardinality {
    match shape {
        CardinalityShape::ZeroOrOne => Cardinality::ZeroOrOne,
        CardinalityShape::One => Cardinality::One,
        CardinalityShape::Many => Cardinality::Many,
    }
}

fn fields(
    source: &SourceText,
    path: &[&str],
    shapes: Ordered<FieldShape>,
) -> Result<Vec<FileField>> {
    let field = |(name, shape)| {
        field(name, shape).map_err(|(name, message)| {
            let place = place_of(source.text(), &[path, &[&name]].concat());
            unreadable(source, &message)
                .at(source, place, "")
                .help("mend it, or delete the file and run `cargo pgmi generate`")
                .into()
        })
    };
    shapes.0.into_iter().map(field).collect()
}

/// A field, or its name and what is wrong with it.
fn field(name: String, shape: FieldShape) -> std::result::Result<FileField, (String, String)> {
    let (text, of_element) = match shape.type_shape {
        TypeShape::Name(text) => (text, None),
        TypeShape::Array(element) => (format!("{}[]", element.name), Some(element.not_null)),
    };
    let Some((spelling, brackets)) = Spelling::parse(&text) else {
        return Err((name, format!("`{text}` is not the name of a type")));
    };
    let dims = match (brackets, shape.dims) {
        (0, dims) => dims.unwrap_or(0),
        (brackets, None) => brackets,
        (brackets, Some(dims)) if brackets == dims => dims,
        (_, Some(dims)) => return Err((name, format!("`{text}` contradicts `dims: {dims}`"))),
    };
    let element_not_null = shape.element_not_null.or(of_element);
    if dims == 0 && element_not_null.is_some() {
        let message = "`element_not_null` is for arrays: say `dims: 1`, or leave it out";
        return Err((name, message.to_owned()));
    }
    Ok(FileField { name, spelling, dims, not_null: shape.not_null, element_not_null })
}

fn wrong_yaml(source: &SourceText, error: &yaml_serde::Error) -> Diagnostic {
    let said = error.to_string();
    let message = said.split(" at line ").next().unwrap_or(&said);
    let place = error.location().map_or(0..0, |at| line_at(source, at.line(), at.column()));
    let help = unknown_word(message).and_then(|word| nearest(word, KEYS.iter().copied()));
    let finding = unreadable(source, message).at(source, place, "");
    match help {
        Some(known) => finding.help(format!("did you mean `{known}`?")),
        None => finding.help("mend it, or delete the file and run `cargo pgmi generate`"),
    }
}

/// What serde calls unknown: ``unknown field `typ`, expected …``.
fn unknown_word(message: &str) -> Option<&str> {
    let (_, after) = message
        .split_once("unknown field `")
        .or_else(|| message.split_once("unknown variant `"))?;
    after.split_once('`').map(|(word, _)| word)
}

fn unreadable(source: &SourceText, message: &str) -> Diagnostic {
    let message = format!("`{}`: {message}", source.name());
    Diagnostic::error(Code::SignatureUnreadable, message)
}
