//! `--message-format json`, and exit codes.

use pgmi_tests::{Finished, Project, pgmi};
use serde_json::Value;

use super::ask;

const JSON: &[&str] = &["--message-format", "json"];

fn project() -> Project {
    Project::new([
        (
            "deploy.sql",
            "begin; create table album (id int primary key, name text not null); commit;",
        ),
        ("queries/select_album.sql", "select id, name from album where id = $id"),
    ])
}

fn json(project: &Project, command: &str) -> Finished {
    ask(project, 17, &[&[command], JSON].concat())
}

/// One object a line, and nothing else.
fn objects(text: &str) -> Vec<Value> {
    let object = |line: &str| serde_json::from_str(line).unwrap_or_else(|_| panic!("{text}"));
    text.lines().map(object).collect()
}

#[test]
fn findings_and_files_are_one_object_a_line() {
    let project = project();
    project.write("queries/select_name.sql", "select nme\nfrom album");
    let checked = json(&project, "check").expect(13);
    assert_eq!(checked.stdout, "");
    let found = objects(&checked.stderr);
    assert_eq!(
        (&found[0]["code"], &found[1]["code"]),
        (&"query-failed".into(), &"signature-missing".into())
    );
    assert_eq!(found[0]["server"]["sqlstate"], "42703");
    let label = &found[0]["labels"][0];
    assert!(label["file"].as_str().unwrap().ends_with("/queries/select_name.sql"));
    assert_eq!(
        (&label["line"], &label["column"], &label["end_column"]),
        (&1.into(), &8.into(), &11.into())
    );

    project.write("queries/select_name.sql", "select name\nfrom album");
    let generated = json(&project, "generate").expect(0);
    assert_eq!(generated.stderr, "");
    let files = objects(&generated.stdout);
    assert_eq!(files.len(), 3);
    assert!(files.iter().all(|it| it["action"] == "written"), "{}", generated.stdout);
    assert!(files[2]["file"].as_str().unwrap().ends_with("/pgmi.lock"));

    // All is well: there is nothing to say.
    let silent = json(&project, "check").expect(0);
    assert_eq!((silent.stdout.as_str(), silent.stderr.as_str()), ("", ""));
}

#[test]
fn what_is_wrong_comes_before_what_only_differs_and_decides_how_it_ends() {
    let project = project();
    ask(&project, 17, &["check"]).expect(4);
    project.write("queries/b.sql", "select nme from album");
    ask(&project, 17, &["check"]).expect(13);
    project.write("queries/c.sql", "select 1; select 2");
    let all = ask(&project, 17, &["check"]).expect(10);
    let order = ["[query-failed]", "[query-statements]", "[signature-missing]"];
    let places: Vec<_> = order.iter().map(|code| all.stderr.find(code).unwrap()).collect();
    assert!(places.is_sorted(), "{}", all.stderr);
    assert!(all.stderr.ends_with("FAILED 3 queries: 3 findings\n"), "{}", all.stderr);
    project.write("deploy.sql", "select 1 / 0");
    let failed = ask(&project, 17, &["check"]).expect(13);
    assert!(failed.stderr.contains("/deploy.sql:1:1"), "{}", failed.stderr);
    std::fs::remove_file(project.join("deploy.sql")).unwrap();
    ask(&project, 17, &["check"]).expect(14);
}

#[test]
fn help_says_how_it_ends() {
    for command in ["check", "generate", "explain"] {
        let help = pgmi(&[command, "--help"]).expect(0).stdout;
        assert!(help.contains("Exit codes:"), "{help}");
        assert!(help.contains("--message-format"), "{help}");
    }
}

#[test]
fn hundreds_of_missing_files_are_one_finding() {
    let project = project();
    for number in 0..30 {
        project.write(format!("queries/q{number}.sql"), format!("select {number} as n from album"));
    }
    let missing = ask(&project, 17, &["check"]).expect(4);
    assert!(missing.stderr.contains("31 signature files are missing"), "{}", missing.stderr);
    assert!(missing.stderr.contains("and 21 more"), "{}", missing.stderr);
}

#[test]
fn a_lock_that_would_leave_a_query_out_is_not_written() {
    let project = project();
    ask(&project, 17, &["generate"]).expect(0);
    let lock = project.read("pgmi.lock");
    project.write("queries/select_album.sql", "select id, nme from album where id = $id");
    project.write("queries/all.sql", "select name from album");
    ask(&project, 17, &["generate"]).expect(13);
    assert_eq!(project.read("pgmi.lock"), lock);
    assert!(project.read("queries/all.sig.yaml").contains("name:"), "what is well is written");
}

#[test]
fn names_to_accept_are_known() {
    let project = project();
    project.write("queries/mood.sql", "select 'glad'::mood as mood");
    project.write("deploy.sql", "begin; create type mood as enum ('glad'); create table album (id int primary key, name text not null); commit;");
    ask(&project, 17, &["generate"]).expect(0);
    for (name, near) in
        [("select_albun", "select_album"), ("mood2", "mood"), ("public.moot", "public.mood")]
    {
        let refused = ask(&project, 17, &["generate", "--accept", name]).expect(2);
        assert!(refused.stderr.contains(&format!("did you mean `{near}`?")), "{}", refused.stderr);
    }
    project.write("types/public/mood.sig.yaml", "enum:\n  - sad\n");
    let stale = ask(&project, 17, &["generate"]).expect(4);
    assert!(stale.stderr.contains("generate --accept public.mood"), "{}", stale.stderr);
    ask(&project, 17, &["generate", "--accept", "public.mood"]).expect(0);
    // A file that cannot be read can be replaced as well.
    project.write("queries/mood.sig.yaml", "result: [");
    ask(&project, 17, &["generate"]).expect(10);
    ask(&project, 17, &["generate", "--accept", "mood"]).expect(0);
    ask(&project, 17, &["check"]).expect(0);
}
