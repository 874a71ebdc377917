//! What shells are told.

use std::process::Command;

use pgmi_tests::{Project, pgmi};

/// What bash offers for the last of these words.
fn offered(script: &str, before: &str, words: &[&str]) -> Option<String> {
    let project = Project::new([("script", script)]);
    let at = words.len() - 1;
    let quoted: Vec<_> = words.iter().map(|word| format!("'{word}'")).collect();
    let (last, previous) = (words[at], words[at - 1]);
    let text = format!(
        "{before}\nsource ./script\nCOMP_WORDS=({}); COMP_CWORD={at}\n\
         function=$(complete -p cargo | sed 's/.*-F \\([^ ]*\\).*/\\1/')\n\
         \"$function\" cargo '{last}' '{previous}'\necho \"${{COMPREPLY[@]}}\"",
        quoted.join(" ")
    );
    let output =
        Command::new("bash").args(["--norc", "-c", &text]).current_dir(project.path()).output();
    let output = output.ok()?;
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

#[test]
fn bash_completes_cargo_pgmi_and_leaves_the_rest_of_cargo_alone() {
    let script = pgmi(&["completion", "bash"]).expect(0).stdout;
    let Some(commands) = offered(&script, "", &["cargo", "pgmi", "dep"]) else {
        eprintln!("left out: there is no bash");
        return;
    };
    assert_eq!(commands, "deploy");
    let actions = offered(&script, "", &["cargo", "pgmi", "metadata", "p"]).unwrap();
    assert_eq!(actions, "plan");
    let flags = offered(&script, "", &["cargo", "pgmi", "deploy", "--dry"]).unwrap();
    assert_eq!(flags, "--dry-run");
    let before = "_mine() { COMPREPLY=(build); }\ncomplete -F _mine cargo";
    assert_eq!(offered(&script, before, &["cargo", "b"]).unwrap(), "build");
    assert_eq!(offered(&script, before, &["cargo", "pgmi", "dep"]).unwrap(), "deploy");
    // Once more is not once too often.
    let twice = format!("{before}\nsource ./script");
    assert_eq!(offered(&script, &twice, &["cargo", "b"]).unwrap(), "build");
}

#[test]
fn every_shell_has_a_script_that_it_can_read() {
    for (shell, words, check) in [
        ("bash", "_cargo_pgmi", "bash -n"),
        ("zsh", "#compdef cargo-pgmi", "zsh -n"),
        ("fish", "complete -c cargo -n \"__fish_cargo_pgmi_", "fish --no-execute"),
        ("powershell", "-CommandName 'cargo'", ""),
        ("elvish", "completion:arg-completer[cargo]", ""),
    ] {
        let done = pgmi(&["completion", shell]).expect(0);
        assert_eq!(done.stderr, "");
        assert!(done.stdout.contains(words), "{shell}: {}", done.stdout);
        assert!(done.stdout.contains("metadata"), "{shell}");
        let project = Project::new([("script", &done.stdout)]);
        let mut words = check.split_whitespace();
        let Some(program) = words.next() else { continue };
        let checked = Command::new(program).args(words).arg(project.join("script")).output();
        if let Ok(checked) = checked {
            assert!(
                checked.status.success(),
                "{shell}: {}",
                String::from_utf8_lossy(&checked.stderr)
            );
        }
    }
    pgmi(&["completion", "tcsh"]).expect(2);
}
