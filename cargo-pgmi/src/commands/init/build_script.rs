//! The crate's `build.rs`.

use pgmi_engine::Result;
use pgmi_engine::template::BUILD_SCRIPT;

use super::package::Package;
use super::step::{Action, Step};
use crate::whole_file;

/// Writes one where there is none; else says what is left to do in the one that is there.
///
/// # Errors
/// As [`whole_file::write`].
pub fn write(package: &Package) -> Result<(Step, Option<String>)> {
    let Some(script) = &package.build_script else {
        let path = match package.root().to_str() {
            Some(".") => "build.rs".into(),
            _ => package.root().join("build.rs"),
        };
        whole_file::write(&path, BUILD_SCRIPT)?;
        let remark = "makes typed functions of the queries".into();
        return Ok((Step { action: Action::Written, path, remark }, None));
    };
    let calls = std::fs::read_to_string(script).is_ok_and(|text| text.contains("pgmi_build::"));
    if calls {
        return Ok((Step::kept(script, "it calls pgmi_build already"), None));
    }
    let todo =
        format!("Yours to do: call pgmi_build::compile(); in main of {}\n", script.display());
    Ok((Step::kept(script, "it is yours"), Some(todo)))
}
