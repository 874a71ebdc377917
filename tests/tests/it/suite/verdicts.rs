//! Which tests run, and what is said of them.

use pgmi_tests::{Project, on_every_major, pgmi};

use super::{check, project, results, test};

/// Two tests that work, one between them that does not.
fn with_a_failure() -> Project {
    project(&[
        ("_setup.sql", "insert into t values (1), (2), (3);"),
        ("a.sql", "insert into t values (4);"),
        ("b.sql", "select 1;\nselect\n  nme from t;"),
        ("c.sql", &check("select count(*) = 3 from t")),
        ("d/_setup.sql", "insert into t values (10);"),
        ("d/e.sql", &check("select count(*) = 4 from t")),
    ])
}

on_every_major! {
    fn the_first_failure_ends_it(major: u16) {
        let done = test(&with_a_failure(), major, &["--json"]).expect(13);
        assert_eq!(results(&done), [
            "passed ./__test__/_setup.sql",
            "passed ./__test__/a.sql",
            "failed ./__test__/b.sql",
            "notRun ./__test__/c.sql",
            "notRun ./__test__/d/_setup.sql",
            "notRun ./__test__/d/e.sql",
        ]);
        done.says(&[
            "error[test-failed]: Failed in ./__test__/b.sql: column \"nme\" does not exist",
            "--> ./__test__/b.sql:3:3",
            "4 tests in ", "1 passed, 1 failed, 2 not run",
            "FAIL ./__test__/b.sql:3:3: ",
        ]);
    }

    fn all_failures_are_found_in_one_run(major: u16) {
        let project = with_a_failure();
        project.write("__test__/z.sql", "\n\nselect 1 / 0;");
        let done = test(&project, major, &["--keep-going", "--json"]).expect(13);
        assert_eq!(results(&done), [
            "passed ./__test__/_setup.sql",
            "passed ./__test__/a.sql",
            "failed ./__test__/b.sql",
            "passed ./__test__/c.sql",
            "failed ./__test__/z.sql",
            "passed ./__test__/d/_setup.sql",
            "passed ./__test__/d/e.sql",
        ]);
        let report = done.json();
        assert_eq!(report["tests"][4]["place"], "./__test__/z.sql:3:1");
        assert_eq!(report["tests"][4]["sqlstate"], "22012");
        done.says(&["3 passed, 2 failed", "division by zero"]);
    }

    fn a_filter_brings_the_fixtures_along(major: u16) {
        let done = test(&with_a_failure(), major, &["--filter", "/d/", "--json"]).expect(0);
        assert_eq!(results(&done), [
            "passed ./__test__/_setup.sql",
            "passed ./__test__/d/_setup.sql",
            "passed ./__test__/d/e.sql",
        ]);
        test(&with_a_failure(), major, &["--filter", "nothing-like-it"]).expect(13).says(&["error[no-tests]"]);
        test(&with_a_failure(), major, &["--filter", "("]).expect(2).says(&["the filter `(` is no regular expression"]);
    }

    fn a_fixture_that_fails_takes_its_folder_with_it(major: u16) {
        let project = project(&[
            ("a.sql", "select 1"),
            ("b/_setup.sql", "select no_such_function();"),
            ("b/c.sql", "select 1"),
            ("b/d/e.sql", "select 1"),
            ("f/g.sql", "select 1"),
        ]);
        let done = test(&project, major, &["--keep-going", "--json"]).expect(13);
        assert_eq!(results(&done), [
            "passed ./__test__/a.sql",
            "failed ./__test__/b/_setup.sql",
            "notRun ./__test__/b/c.sql",
            "notRun ./__test__/b/d/e.sql",
            "passed ./__test__/f/g.sql",
        ]);
        assert_eq!(done.json()["tests"][2]["reason"], "its fixture ./__test__/b/_setup.sql failed");
    }

    fn what_a_test_says_is_shown_when_it_fails(major: u16) {
        let project = project(&[
            ("a.sql", "do $$ begin raise notice 'from a'; end $$;"),
            ("b.sql", "do $$ begin raise notice 'from b' using hint = 'b''s hint'; assert 1 = 2, 'one is not two'; end $$;"),
        ]);
        let done = test(&project, major, &["--json"]).expect(13);
        assert_eq!(done.json()["tests"][0]["notices"][0], "NOTICE: from a");
        assert!(!done.stderr.contains("from a"), "{}", done.stderr);
        done.says(&["NOTICE: from b", "HINT: b's hint", "one is not two"]);
    }

    fn as_many_workers_as_wanted_come_to_the_report_of_one(major: u16) {
        let project = project(&[("_setup.sql", "insert into t values (0);")]);
        for folder in 0..6 {
            project.write(format!("__test__/f{folder}/_setup.sql"), "insert into t values (1);");
            for test in 0..5 {
                let sum = if (folder, test) == (3, 2) { 9 } else { 1 };
                let sql = format!("insert into t values (0); {}", check(&format!("select sum(n) = {sum} from t")));
                project.write(format!("__test__/f{folder}/t{test}.sql"), sql);
            }
        }
        for arguments in [&["--json", "--keep-going"][..], &["--json"]] {
            let with = |jobs: &str| results(&test(&project, major, &[arguments, &["--jobs", jobs]].concat()).expect(13));
            let serial = with("1");
            assert_eq!(serial.len(), 37);
            assert_eq!(with("4"), serial);
        }
        // The files, too, but for times.
        let folder = Project::empty();
        let files = |jobs: &str| {
            let wanted = ["junit", "tap", "json"].map(|it| format!("{it}={}", folder.join(format!("{jobs}.{it}")).display()));
            test(&project, major, &["--keep-going", "--jobs", jobs, "--report", &wanted.join(",")]).expect(13);
            ["junit", "tap", "json"].map(|it| without_times(&folder.read(format!("{jobs}.{it}"))))
        };
        assert_eq!(files("4"), files("1"));
    }

    fn nothing_to_run_is_no_success(major: u16) {
        test(&project(&[]), major, &[]).expect(13).says(&["error[no-tests]: there are no tests", "__test__"]);
    }
}

/// A text in which all numbers look the same.
fn without_times(text: &str) -> String {
    let mut blank: Vec<char> = Vec::new();
    for c in text.chars() {
        match c.is_ascii_digit() || (c == '.' && blank.last() == Some(&'#')) {
            true if blank.last() == Some(&'#') => {}
            true => blank.push('#'),
            false => blank.push(c),
        }
    }
    blank.into_iter().collect()
}

#[test]
fn reports_are_refused_before_anything_runs() {
    let project = project(&[("a.sql", "select 1")]);
    let nowhere = project.join("no/such/folder/junit.xml");
    let report = format!("junit={}", nowhere.display());
    test(&project, 18, &["--report", &report])
        .expect(1)
        .says(&["cannot write the report", "mkdir -p"]);
    for (wrong, words) in [
        ("xunit=x.xml", "there is no report `xunit`"),
        ("junit", "it takes junit=FILE, tap=FILE, json=FILE"),
        ("tap=", "tap= needs the name of a file"),
    ] {
        test(&project, 18, &["--report", wrong]).expect(2).says(&[words]);
    }
    test(&project, 18, &["--jobs", "0"]).expect(2).says(&["it takes a number of tests, 1 or more"]);
    // One stdout, one file: one report.
    for (arguments, words) in [
        (
            &["--report", "tap=-,junit=-"][..],
            "--report tap=- and --report junit=- cannot both go to stdout",
        ),
        (&["--json", "--report", "tap=-"], "--json and --report tap=- cannot both go to stdout"),
        (&["--report", "tap=x", "--report", "json=x"], "cannot both go to one file"),
    ] {
        test(&project, 18, arguments).expect(2).says(&["error[usage]", words, "a file of its own"]);
        pgmi(&[&["deploy", project.arg()], arguments].concat()).expect(2).says(&[words]);
    }
    test(&project, 18, &["--test-timeout", "soon"]).expect(10);
}
