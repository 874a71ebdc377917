//! What is kept, and what is not trusted.

use std::fs;

use super::*;
use crate::check::Source;
use crate::project::{OpenOptions, Parameters};
use crate::signature::{
    Batch, Cardinality, Field, Nullability, TypeKind, TypeName, TypeRef, Verdict,
};

/// The project in `db`; the cache is beside it.
fn subject(folder: &std::path::Path, queries: &[(&str, &str)]) -> Subject {
    let folder = &folder.join("db");
    fs::create_dir_all(folder.join("queries")).unwrap();
    fs::write(folder.join("deploy.sql"), "select 1").unwrap();
    for (name, sql) in queries {
        fs::write(folder.join(format!("queries/{name}.sql")), sql).unwrap();
    }
    let parameters = Parameters::default();
    let (inline, open) = (crate::query::QueryFolder::default(), OpenOptions::default());
    Subject::read(Source {
        folder,
        queries: None,
        inline,
        parameters: &parameters,
        major: None,
        open,
    })
    .unwrap()
}

/// A proof by decree: every query returns one mood.
fn proof(subject: &Subject, major: u16) -> Proof {
    let mood = TypeName::new("public", "mood");
    let column = Field::new(
        "mood",
        TypeRef { name: mood.clone(), dims: 0 },
        Verdict::of(Nullability::NotNull).because("it is said"),
    );
    let signature = Signature {
        parameters: Vec::new(),
        columns: vec![column],
        cardinality: Verdict::of(Cardinality::One),
        idempotent: false,
        batch: Batch::default(),
    };
    let queries = subject.files.queries.queries.iter();
    let proven = queries.map(|query| Proven { query: query.clone(), signature: signature.clone() });
    let labels = vec!["glad".to_owned()];
    let types = [
        TypeDefinition { name: mood, kind: TypeKind::Enum { labels } },
        TypeDefinition { name: TypeName::new("public", "unused"), kind: TypeKind::Base },
    ];
    Proof::new(major, &subject.schema(major), proven.collect(), &types)
}

/// As after an analysis.
fn keep(cache: &Cache, subject: &Subject) {
    let known = cache.known(&subject.schema(17)).unwrap_or_default();
    cache.keep(&proof(subject, 17), known);
}

#[test]
fn what_is_kept_comes_back_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let two = subject(folder.path(), &[("a", "select 'glad'::mood"), ("b", "select 2")]);
    let cache = Cache::of(folder.path().join("cache"), "");
    assert!(cache.proof(&two, 17).is_none());
    keep(&cache, &two);
    let known = cache.proof(&two, 17).unwrap();
    assert_eq!(known.lock().to_text(), proof(&two, 17).lock().to_text());
    assert_eq!(known.types.len(), 1, "what no query mentions is left out");
    assert!(cache.proof(&two, 18).is_none(), "of another server");

    // Formatting and renaming a query changes nothing; another query does.
    fs::rename(folder.path().join("db/queries/a.sql"), folder.path().join("db/queries/c.sql"))
        .unwrap();
    let renamed = subject(folder.path(), &[("c", "-- doc\nselect 'glad'::mood;")]);
    assert_eq!(cache.proof(&renamed, 17).unwrap().queries[1].query.label(), "c");
    let more = subject(folder.path(), &[("d", "select 3")]);
    assert!(cache.proof(&more, 17).is_none());

    // What another branch knows stays.
    keep(&cache, &more);
    fs::remove_file(folder.path().join("db/queries/d.sql")).unwrap();
    keep(&cache, &subject(folder.path(), &[]));
    assert!(cache.proof(&subject(folder.path(), &[("d", "select 3")]), 17).is_some());
}

#[test]
fn a_schema_without_queries_counts_as_deployed() {
    let folder = tempfile::tempdir().unwrap();
    let none = subject(folder.path(), &[]);
    let cache = Cache::of(folder.path().join("cache"), "");
    assert!(cache.proof(&none, 17).is_none());
    keep(&cache, &none);
    assert!(cache.proof(&none, 17).is_some());
    fs::write(folder.path().join("db/more.sql"), "select 2").unwrap();
    assert!(cache.proof(&subject(folder.path(), &[]), 17).is_none());
}

#[test]
fn what_another_program_wrote_or_somebody_changed_is_not_trusted() {
    let folder = tempfile::tempdir().unwrap();
    let one = subject(folder.path(), &[("a", "select 1")]);
    let of = |program: &str| Cache::of(folder.path().join("cache"), program);
    keep(&of("x"), &one);
    assert!(of("x").proof(&one, 17).is_some());
    assert!(of("y").proof(&one, 17).is_none());

    let path = of("x").file(one.schema(17).as_str());
    let text = fs::read_to_string(&path).unwrap();
    for changed in
        [text.replace("not_null", "null"), text[..text.len() - 1].to_owned(), String::new()]
    {
        fs::write(&path, changed).unwrap();
        assert!(of("x").proof(&one, 17).is_none());
    }
    // The file of another program under our name.
    fs::write(&path, text.replacen("pgmi", "gpmi", 1)).unwrap();
    assert!(of("x").proof(&one, 17).is_none());
    fs::write(&path, &text).unwrap();
    assert!(of("x").proof(&one, 17).is_some());
}

#[test]
fn a_folder_that_cannot_be_made_is_no_error() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("file"), "").unwrap();
    let one = subject(folder.path(), &[("a", "select 1")]);
    let cache = Cache::of(folder.path().join("file/cache"), "");
    keep(&cache, &one);
    cache.remember_major("auto", 17);
    assert!(cache.proof(&one, 17).is_none());
    assert_eq!(cache.remembered_major("auto"), None);
}

#[test]
fn the_major_of_a_server_is_remembered_for_each_wish() {
    let folder = tempfile::tempdir().unwrap();
    let cache = Cache::of(folder.path(), "");
    cache.remember_major("auto", 17);
    cache.remember_major("host=x", 16);
    cache.remember_major("auto", 18);
    assert_eq!(
        (cache.remembered_major("auto"), cache.remembered_major("host=x")),
        (Some(18), Some(16))
    );
    assert_eq!(cache.remembered_major("local"), None);
}

#[test]
fn old_files_are_swept() {
    use std::time::{Duration, SystemTime};

    let folder = tempfile::tempdir().unwrap();
    let dated = |name: String, days: u64| {
        let file = fs::File::create(folder.path().join(name)).unwrap();
        file.set_modified(SystemTime::now() - Duration::from_secs(days * 24 * 3600)).unwrap();
    };
    (0..70).for_each(|at| dated(format!("{at}.lock"), 0));
    dated("old.new-1".to_owned(), 31);
    sweep::sweep(folder.path());
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 64);
    assert!(!folder.path().join("old.new-1").exists());
}

#[test]
fn a_lock_is_attested_to_the_letter_and_by_this_program() {
    let folder = tempfile::tempdir().unwrap();
    let cache = Cache::of(folder.path().join("cache"), "one");
    cache.attest("version 1\n");
    assert!(cache.attests("version 1\n"));
    assert!(!cache.attests("version 1"));
    assert!(!Cache::of(folder.path().join("cache"), "another").attests("version 1\n"));
}

#[test]
#[cfg(feature = "postgres")]
fn what_a_lock_says_is_all_of_it_or_not() {
    let folder = tempfile::tempdir().unwrap();
    let two = subject(folder.path(), &[("a", "select 'glad'::mood"), ("b", "select 2")]);
    let lock = proof(&two, 17).lock();
    let schema = two.schema(17);
    let again = Known::of_lock(&lock).proof(&two, 17, &schema).unwrap();
    assert!(again.is_all_of(&lock));
    assert_eq!(again.lock_text(), lock.to_text());

    fs::remove_file(folder.path().join("db/queries/b.sql")).unwrap();
    let less = subject(folder.path(), &[]);
    assert!(!Known::of_lock(&lock).proof(&less, 17, &schema).unwrap().is_all_of(&lock));
}

#[test]
fn notes_about_locks_drive_out_no_answers() {
    let folder = tempfile::tempdir().unwrap();
    let one = subject(folder.path(), &[("a", "select 1")]);
    let cache = Cache::of(folder.path().join("cache"), "");
    keep(&cache, &one);
    for number in 0..100 {
        cache.attest(&number.to_string());
    }
    sweep::sweep(&folder.path().join("cache"));
    assert!(cache.proof(&one, 17).is_some());
    let left = fs::read_dir(folder.path().join("cache")).unwrap().count();
    assert_eq!(left, 64 + 1, "of a kind, not more");
}
