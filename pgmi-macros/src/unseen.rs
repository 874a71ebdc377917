//! A query that the build script knows nothing of.

use std::path::Path;

use proc_macro2::Span;

use crate::refusal::Refused;
use crate::sources;

/// Says why that may be, and what to do.
pub(crate) fn unseen(folder: &Path, span: Span) -> Refused {
    let places = sources::read(folder).places;
    let file = sources::in_package(&span.unwrap().file());
    let why = match file {
        Some(file) if !places.iter().any(|place| Path::new(&file).starts_with(place)) => {
            let read = match places.is_empty() {
                true => "none is read".to_owned(),
                false => format!("these are: {}", places.join(", ")),
            };
            format!(
                "`{file}` is not among the Rust sources that are read for queries; {read}\n\
                 name it or its folder in `sources` of [package.metadata.pgmi]; where its folder is new, \
                 save build.rs again"
            )
        }
        _ => "it reads Rust files as they are written: a query that another macro puts together must be \
              written out as pgmi::query!(\"…\")\n\
              it reads no comments: a query of a doctest must stand in the code, too\n\
              if it is written out, build again: the file has changed since"
            .to_owned(),
    };
    Refused::at(span, format!("the build script has not seen this query\n{why}"))
}
