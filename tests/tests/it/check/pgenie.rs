//! A project of pGenie's layout, read unchanged: `tests/projects/pgenie`.

use std::fs;

use pgmi_tests::{Command, Finished, Project, cluster};

/// What its `project1.pgn.yaml` says.
const MAJOR: u16 = 15;

fn project() -> Project {
    Project::copy_of("projects/pgenie")
}

/// Without a word about the major.
fn run(project: &Project, major: u16, arguments: &[&str]) -> Finished {
    let server = cluster(major).connection_string("postgres");
    let all: Vec<&str> = match arguments {
        ["explain", name] => vec!["explain", name, project.arg()],
        [name, rest @ ..] => [&[*name, project.arg()], rest].concat(),
        [] => Vec::new(),
    };
    Command::new(&all).env("PGMI_SERVER", server).run()
}

/// Replaces a piece of a file, which has it.
fn edit(project: &Project, path: &str, from: &str, to: &str) {
    let text = project.read(path);
    assert!(text.contains(from), "{text}");
    project.write(path, text.replacen(from, to, 1));
}

#[test]
fn nothing_is_wrong_with_it_and_only_the_lock_is_written() {
    let project = project();
    let before = project.generated();
    let checked = run(&project, MAJOR, &["check"]).expect(4);
    assert_eq!(checked.stderr.matches("error[").count(), 1, "{}", checked.stderr);
    assert!(checked.stderr.contains("error[lock-missing]"), "{}", checked.stderr);
    let written = run(&project, MAJOR, &["generate"]).expect(0);
    assert_eq!(written.stderr.matches("Wrote ").count(), 1, "{}", written.stderr);
    run(&project, MAJOR, &["check"]).expect(0);
    fs::remove_file(project.join("pgmi.lock")).unwrap();
    assert_eq!(project.generated(), before);
}

#[test]
fn its_major_is_that_of_its_file() {
    let project = project();
    // Nothing is remembered of it.
    project.write("migrations/11.sql", super::unique());
    let refused = run(&project, 17, &["check"]).expect(10);
    assert!(refused.stderr.contains("error[server-version]"), "{}", refused.stderr);
    assert!(refused.stderr.contains("15 is wanted"), "{}", refused.stderr);
}

#[test]
fn what_its_user_wrote_holds_where_nothing_is_proven_against_it() {
    let project = project();
    for (name, says) in [
        // Tightened by hand, though a left join is in the way.
        ("list_loans", "title         text         not null  -- "),
        // Not proven: pGenie said so, and its user left it.
        ("list_loans", "name          text         not null  -- reader.name is NOT NULL"),
        // Proven, and relaxed: that a reader of NULL finds none does no harm.
        ("count_books", "books  int8   null      -- "),
        ("select_book_by_isbn", "elements  not null  -- "),
    ] {
        let explained = run(&project, MAJOR, &["explain", name]).expect(0);
        assert!(explained.stdout.contains(says), "{says}\n{}", explained.stdout);
    }
}

#[test]
fn a_promise_that_is_proven_wrong_is_an_error_with_the_proof() {
    let project = project();
    project.write("queries/nothing.sql", "select null::text as nothing");
    project.write(
        "queries/nothing.sig1.pgn.yaml",
        "parameters: {}\nresult:\n  cardinality: one\n  columns:\n    nothing: { type: text, not_null: true }\n",
    );
    let checked = run(&project, MAJOR, &["check"]).expect(4);
    assert!(checked.stderr.contains("error[signature-contradiction]"), "{}", checked.stderr);
    assert!(checked.stderr.contains("note: NULL is written here"), "{}", checked.stderr);
}

#[test]
fn what_is_not_so_any_more_is_stale() {
    let project = project();
    run(&project, MAJOR, &["generate"]).expect(0);
    let stale = |path: &str, says: &str| {
        let checked = run(&project, MAJOR, &["check"]).expect(4);
        assert_eq!(checked.stderr.matches("error[").count(), 1, "{}", checked.stderr);
        assert!(checked.stderr.contains("error[signature-stale]"), "{}", checked.stderr);
        assert!(
            checked.stderr.contains(path) && checked.stderr.contains(says),
            "{}",
            checked.stderr
        );
    };
    for (path, from, to, says) in [
        ("queries/return_book.sig1.pgn.yaml", "int8", "int4", "the parameter is int8, not int4"),
        ("queries/return_book.sig1.pgn.yaml", "  book:", "  tome:", "there is no such parameter"),
        (
            "queries/tags_of.sig1.pgn.yaml",
            "name: text",
            "name: int4",
            "the column is text[], not int4[]",
        ),
        (
            "types/public/shelf.sig1.pgn.yaml",
            "ground floor",
            "cellar",
            "the labels are ground floor, attic",
        ),
        (
            "types/public/standing.sig1.pgn.yaml",
            "type: int4",
            "type: int8",
            "the field is int4, not int8",
        ),
    ] {
        let text = project.read(path);
        edit(&project, path, from, to);
        stale(path, says);
        project.write(path, text);
    }
    run(&project, MAJOR, &["check"]).expect(0);
}

#[test]
fn signatures_of_both_tools_live_side_by_side() {
    let project = project();
    project.write("queries/all_readers.sql", "select id, name, mail from reader");
    let written = run(&project, MAJOR, &["generate"]).expect(0);
    assert!(written.stderr.contains("all_readers.sig.yaml"), "{}", written.stderr);
    // Accepting keeps the file that is there.
    edit(&project, "queries/return_book.sig1.pgn.yaml", "int8", "int4");
    run(&project, MAJOR, &["generate", "--accept", "return_book"]).expect(0);
    assert!(project.read("queries/return_book.sig1.pgn.yaml").contains("int8"));
    assert!(!project.join("queries/return_book.sig.yaml").exists());
    run(&project, MAJOR, &["check"]).expect(0);
}
