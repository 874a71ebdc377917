//! `--report junit=FILE,tap=FILE,json=FILE`: how tests went, for CI systems.

use std::fs::OpenOptions;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::Args;
use pgmi_engine::Result;
use pgmi_engine::diagnostic::{Code, Diagnostic};
use pgmi_engine::report::{Format, TestReport};

use crate::output::Output;

/// Which reports are wanted
#[derive(Args, Clone, Debug, Default)]
pub struct ReportArguments {
    /// Write reports: junit=FILE, tap=FILE, json=FILE; "-" for stdout
    #[arg(long = "report", value_name = "FORMAT=FILE,…", value_delimiter = ',')]
    reports: Vec<Report>,
}

#[derive(Clone, Debug)]
struct Report {
    format: Format,
    path: PathBuf,
}

impl FromStr for Report {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        let known = || Format::ALL.map(|(name, _)| format!("{name}=FILE")).join(", ");
        let (name, path) = text.split_once('=').ok_or_else(|| format!("it takes {}", known()))?;
        let format = Format::ALL.iter().find(|(known, _)| *known == name);
        match format {
            Some(_) if path.is_empty() => Err(format!("{name}= needs the name of a file")),
            Some((_, format)) => Ok(Self { format: *format, path: path.into() }),
            None => Err(format!("there is no report `{name}`; it takes {}", known())),
        }
    }
}

impl ReportArguments {
    /// Whether none is wanted.
    pub fn is_empty(&self) -> bool {
        self.reports.is_empty()
    }

    /// Whether each has a place of its own; `json`: stdout is taken already.
    ///
    /// # Errors
    /// [`Code::Usage`].
    pub fn agree(&self, json: bool) -> Result<()> {
        let mut taken: Vec<(&Path, String)> = Vec::new();
        taken.extend(json.then(|| (Path::new("-"), "--json".to_owned())));
        for report in &self.reports {
            let shown = format!("--report {}={}", report.format.name(), report.path.display());
            if let Some((_, other)) = taken.iter().find(|(path, _)| *path == report.path) {
                let place = if report.is_stdout() { "stdout" } else { "one file" };
                return Err(Diagnostic::error(
                    Code::Usage,
                    format!("{other} and {shown} cannot both go to {place}"),
                )
                .help("give each report a file of its own")
                .into());
            }
            taken.push((&report.path, shown));
        }
        Ok(())
    }

    /// Finds out before the work begins whether its reports will have a place.
    ///
    /// # Errors
    /// [`Code::Io`].
    pub fn check(&self) -> Result<()> {
        for report in self.files() {
            let opened = OpenOptions::new().create(true).append(true).open(&report.path);
            opened.map_err(|error| cannot_write(&report.path, &error))?;
        }
        Ok(())
    }

    /// Writes all of them, as far as that is possible.
    ///
    /// # Errors
    /// [`Code::Io`].
    pub fn write(&self, tests: &TestReport, output: &Output) -> Result<()> {
        let written = self.reports.iter().map(|report| {
            let text = report.format.write(tests);
            match report.is_stdout() {
                true => output.payload(text.trim_end()),
                false => std::fs::write(&report.path, text)
                    .map_err(|error| cannot_write(&report.path, &error).into()),
            }
        });
        // Each has its chance; the first that failed is told.
        written.fold(Ok(()), Result::and)
    }

    fn files(&self) -> impl Iterator<Item = &Report> {
        self.reports.iter().filter(|report| !report.is_stdout())
    }
}

impl Report {
    fn is_stdout(&self) -> bool {
        self.path == Path::new("-")
    }
}

fn cannot_write(path: &Path, error: &std::io::Error) -> Diagnostic {
    let message = format!("cannot write the report `{}`: {error}", path.display());
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    match parent.filter(|parent| !parent.exists()) {
        Some(parent) => Diagnostic::error(Code::Io, message)
            .help(format!("make its folder first: mkdir -p {}", parent.display())),
        None => Diagnostic::error(Code::Io, message).help("name a file that you may write"),
    }
}
