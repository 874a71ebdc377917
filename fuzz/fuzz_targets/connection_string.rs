//! Settings are understood or refused; a refusal never shows the password.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pgmi_engine::connection::{Defaults, Environment, Flags, resolve};
use pgmi_engine::diagnostic::render;

const SECRET: &str = "h1dd3n";

fuzz_target!(|text: &str| {
    let strings = [
        text.to_owned(),
        format!("postgresql://app:{SECRET}@{text}"),
        format!("user=app password={SECRET} {text}"),
        format!("Host=localhost;Username=app;Password={SECRET};{text}"),
    ];
    for connection in strings {
        let flags = Flags { connection: Some(connection), ..Flags::default() };
        let resolved = resolve(&flags, &Environment::default(), &Defaults::default());
        let shown = match resolved {
            Ok(target) => format!("{target:?}"),
            Err(error) => error.diagnostics().iter().map(|it| render::render(it, false)).collect(),
        };
        assert!(!shown.contains(SECRET), "{shown}");
    }
});
