//! Settings are understood or refused; a refusal never shows the password.

use pgmi_engine::connection::{Defaults, Environment, Flags, resolve};
use pgmi_engine::diagnostic::render;

const SECRET: &str = "h1dd3n";

pub fn holds(text: &str) {
    // With a semicolon in it the whole is one string of ADO.NET, whose user is then called `app password=…`.
    let words = text.replace(';', " ");
    let strings = [
        text.to_owned(),
        format!("postgresql://app:{SECRET}@{text}"),
        format!("user=app password={SECRET} {words}"),
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
}
