//! `--help` of every command.

use pgmi_tests::pgmi;

/// Widest line that fits beside something else on a screen.
const WIDEST: usize = 100;

/// The commands that a help text names.
fn commands(help: &str) -> Vec<String> {
    let part = help.split("\nCommands:\n").nth(1).unwrap_or_default();
    let lines = part.lines().take_while(|line| line.starts_with("  "));
    let names = lines.filter(|line| !line.starts_with("   ")).map(|line| line.trim());
    let names = names.filter_map(|line| line.split_whitespace().next());
    names.filter(|name| *name != "help").map(str::to_owned).collect()
}

#[test]
fn every_command_shows_examples_and_exit_codes() {
    let mut left = vec![Vec::<String>::new()];
    let mut seen = 0;
    while let Some(command) = left.pop() {
        let mut arguments = command.clone();
        arguments.push("--help".into());
        let done = pgmi(&arguments).expect(0);
        let (help, name) = (done.stdout, command.join(" "));
        assert_eq!(done.stderr, "", "{name}");
        for line in help.lines() {
            let width = line.chars().count();
            assert!(width <= WIDEST, "{name}: {width}: {line}");
        }
        assert!(
            help.contains("Example") && help.contains("cargo pgmi "),
            "{name}: no example\n{help}"
        );
        assert!(help.contains("Exit codes:"), "{name}: no exit codes\n{help}");
        for more in commands(&help) {
            left.push([&command[..], &[more]].concat());
        }
        seen += 1;
    }
    assert!(seen > 20, "{seen} commands");
}

#[test]
fn without_a_command_there_is_a_short_help() {
    let done = pgmi::<&str>(&[]).expect(0);
    assert!(
        done.stdout.lines().count() < 25 && done.stdout.contains("Usage: cargo pgmi <COMMAND>")
    );
    assert!(done.stdout.lines().all(|line| line.chars().count() <= WIDEST), "{}", done.stdout);
    let (shown, help) = (&done.stdout, pgmi(&["--help"]).expect(0).stdout);
    for command in commands(&help) {
        assert!(shown.contains(&format!("\n  {command} ")), "{command}");
    }
}

#[test]
fn a_wrong_command_line_ends_with_2() {
    for (arguments, words) in [
        (&["frobnicate"][..], "unrecognized subcommand 'frobnicate'"),
        (&["depoly"], "'deploy'"),
        (&["deploy", "a", "b"], "unexpected argument 'b'"),
        (&["metadata"], "Usage: cargo pgmi metadata"),
        (&["metadata", "paln"], "'plan'"),
        (&["templates", "describe"], "<NAME>"),
        (&["completion"], "<SHELL>"),
        (&["version", "--jsno"], "--json"),
        (&["db", "drop", "--sure"], "--sure"),
    ] {
        let done = pgmi(arguments).expect(2);
        assert_eq!(done.stdout, "", "{arguments:?}");
        done.says(&[words]);
    }
}

#[test]
fn a_wrong_command_line_is_one_object_for_programs() {
    for format in [&["--message-format", "json"][..], &["--message-format=json"]] {
        let done = pgmi(&[&["frobnicate", "postgresql://u:SENTINEL@h/d"], format].concat());
        let done = done.expect(2).hides("SENTINEL");
        let finding: serde_json::Value = serde_json::from_str(&done.stderr).unwrap();
        assert_eq!(finding["code"], "usage");
        assert!(finding["message"].as_str().unwrap().contains("frobnicate"));
    }
}

/// `-h` is the host of a connection, as in psql; elsewhere it is what it is everywhere.
#[test]
fn a_host_is_no_cry_for_help() {
    let done = pgmi(&["deploy", "no-such-folder", "-h", "127.0.0.1"]).expect(10);
    done.says(&["no-such-folder"]);
    assert!(pgmi(&["version", "-h"]).expect(0).stdout.contains("Usage"));
}
