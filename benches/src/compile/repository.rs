//! pgmi as a crate gets it from elsewhere. Cargo looks at every file of a dependency that is a folder, each time, and
//! pgmi trusts what it remembers of queries only as long as such a folder's program is not built anew: neither is
//! what users wait for.

use std::path::Path;
use std::process::Command;

use crate::Result;
use crate::program::success;

/// The files of this workspace, changes included, as a repository in `folder`. Gives its address.
pub(crate) fn snapshot(workspace: &Path, folder: &Path) -> Result<String> {
    let git = |words: &[&str]| {
        let mut git = Command::new("git");
        git.arg("--git-dir").arg(folder).arg("--work-tree").arg(workspace).args(words);
        git.current_dir(workspace);
        git
    };
    if !folder.is_dir() {
        success(Command::new("git").args(["init", "--quiet", "--bare"]).arg(folder))?;
    }
    success(&mut git(&["add", "--all"]))?;
    if !git(&["diff", "--cached", "--quiet"]).status()?.success() {
        let who = ["-c", "user.name=pgmi-bench", "-c", "user.email=pgmi-bench@localhost"];
        let what = ["commit", "--quiet", "--no-verify", "--message", "As it is now"];
        success(&mut git(&[&who[..], &what].concat()))?;
    }
    Ok(format!("file://{}", folder.display()))
}
