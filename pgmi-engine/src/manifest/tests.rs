//! What is read, and what is refused.

use super::*;

fn read(table: &str) -> Result<CrateSettings> {
    let text = format!("[package]\nname = \"shop\"\n\n[package.metadata.pgmi]\n{table}");
    CrateSettings::of_manifest(&SourceText::new("Cargo.toml", text))
}

#[test]
fn reads_what_is_there() {
    let settings = read(
        "project = 'db'\npostgres = 17\nserver = 'container'\nimage = 'postgis/postgis:17-3.5'\n\
         parameters.env = 'build'\nderives = ['Hash']\n\n[package.metadata.pgmi.types]\ncitext = 'String'\n",
    )
    .unwrap();
    assert_eq!((settings.postgres, &settings.server), (Some(17), &ServerChoice::Container));
    assert_eq!(settings.parameters["env"], "build");
    assert_eq!((settings.types["citext"].as_str(), settings.derives.len()), ("String", 1));
    let nothing = SourceText::new("Cargo.toml", "[workspace]\nmembers = []\n");
    assert_eq!(CrateSettings::of_manifest(&nothing).unwrap(), CrateSettings::default());
    assert_eq!(CrateSettings::default().server, ServerChoice::Auto);
    assert_eq!(
        CrateSettings::read(Path::new("/nowhere/Cargo.toml")).unwrap(),
        CrateSettings::default()
    );
}

#[test]
fn every_wrong_key_is_found_at_its_place_and_the_right_one_named() {
    let error = read("postgre = 17\ncolour = 1\n").unwrap_err();
    let said: Vec<_> = error
        .diagnostics()
        .iter()
        .map(|it| {
            let place = it.place().unwrap();
            (place.source.line_column(place.span.start).line, it.help[0].as_str())
        })
        .collect();
    assert_eq!(said[1], (5, "did you mean `postgres`?"));
    assert!(said[0].0 == 6 && said[0].1.starts_with("known keys: project,"), "{said:?}");
}

#[test]
fn every_wrong_value_is_found() {
    let error = read("postgres = '17'\nserver = 'locale'\nproject = 1\n").unwrap_err();
    let said: Vec<_> = error.diagnostics().iter().map(|it| it.message.as_str()).collect();
    assert_eq!(said.len(), 3);
    assert!(said[2].contains("did you mean `local`?"), "{said:?}");
    assert_eq!(error.code(), Code::Configuration);
    let odd = SourceText::new("Cargo.toml", "[package]\nmetadata.pgmi = true\n");
    assert!(CrateSettings::of_manifest(&odd).is_err());
}

#[test]
fn what_is_not_toml_is_said_at_its_place() {
    let error = read("postgres = \n").unwrap_err();
    let place = error.primary().place().unwrap();
    assert_eq!(place.source.line_column(place.span.start).line, 5, "{error:?}");
}
