//! Committed files that say less than what is proven by now.

use super::files::Files;
use super::proof::Proof;
use crate::diagnostic::{Code, Diagnostic};
use crate::signature::{Committed, Dialect, Reconciled, reconcile, reconcile_type};

/// How many of many files are named.
const LISTED: usize = 10;

/// A warning that names the files which could promise more: those of a schema that has become stricter since
/// they were written. Nothing is wrong with them, so it has no part in how a check ends.
///
/// Silent about what has a remark in its line, about files that [`super::compare`] complains of (accepting
/// mends both at once), and about those of pGenie, which are not ours to tighten.
pub fn loose(files: &Files, proof: &Proof) -> Option<Diagnostic> {
    let of_queries = proof.queries.iter().filter_map(|proven| {
        let name = proven.query.given_name()?;
        let committed = files.signatures.get(&name.to_owned())?;
        let found = reconcile(&proven.signature, committed, &proof.types);
        Loose::of(name.to_owned(), committed, found)
    });
    let of_types = proof.types.iter().filter_map(|definition| {
        let committed = files.types.get(&definition.name)?;
        let found = reconcile_type(definition, committed, &proof.types);
        let name = format!("{}.{}", definition.name.schema, definition.name.name);
        Loose::of(name, committed, found)
    });
    let all: Vec<_> = of_queries.chain(of_types).collect();
    (!all.is_empty()).then(|| warning(&all))
}

struct Loose {
    /// What `--accept` calls it.
    name: String,
    file: String,
    facts: Vec<String>,
}

impl Loose {
    fn of<T, V>(name: String, committed: &Committed<T>, found: Reconciled<V>) -> Option<Self> {
        let is_ours = committed.dialect == Dialect::Pgmi;
        let is_loose = is_ours && found.findings.is_empty() && !found.loose.is_empty();
        let file = committed.source.name().to_owned();
        is_loose.then_some(Self { name, file, facts: found.loose })
    }
}

fn warning(all: &[Loose]) -> Diagnostic {
    let message = match all {
        [one] => format!("`{}` says less than what is proven", one.file),
        _ => format!("{} signature files say less than what is proven", all.len()),
    };
    let (first, rest) = all.split_at(all.len().min(LISTED));
    let mut warning = Diagnostic::warning(Code::SignatureLoose, message);
    for one in first {
        let facts = one.facts.join(", ");
        let note = if all.len() == 1 { facts } else { format!("{}: {facts}", one.file) };
        warning = warning.note(note);
    }
    let names = match rest.len() {
        0 => first.iter().map(|one| one.name.as_str()).collect::<Vec<_>>().join(" "),
        more => {
            warning = warning.note(format!("and {more} more"));
            "NAME".to_owned()
        }
    };
    warning
        .help(format!("run `cargo pgmi generate --accept {names}`, or edit the file"))
        .help("where it is meant so, say why on that line: `not_null: false  # why`")
}
