//! Every row of the precedence, and the cases of the contract's list L.

use super::*;
use crate::Error;
use crate::connection::source::{Explanation, Standing};

/// Flags from `name=value` words.
fn flags(words: &str) -> Flags {
    let mut flags = Flags::default();
    for word in words.split_whitespace() {
        let (name, value) = word.split_once('=').unwrap();
        let value = Some(value.to_owned());
        match name {
            "connection" => flags.connection = value,
            "host" => flags.host = value,
            "port" => flags.port = value,
            "username" => flags.username = value,
            "database" => flags.database = value,
            "sslmode" => flags.sslmode = value,
            "sslcert" => flags.sslcert = value,
            "sslkey" => flags.sslkey = value,
            "sslrootcert" => flags.sslrootcert = value,
            "maintenance" => flags.maintenance_database = value,
            name => panic!("{name}"),
        }
    }
    flags
}

fn environment(words: &str) -> Environment {
    let pairs = words.split_whitespace().map(|word| word.split_once('=').unwrap());
    pairs.chain([("USER", "me")]).collect()
}

fn yaml() -> Defaults {
    Defaults {
        host: Some("yaml-host".into()),
        port: Some(7000),
        username: Some("yaml-user".into()),
        database: Some("yaml-db".into()),
        maintenance_database: Some("yaml-admin".into()),
        sslmode: Some("disable".into()),
        sslrootcert: Some("yaml.crt".into()),
        ..Defaults::default()
    }
}

fn target(flag_words: &str, variables: &str, defaults: &Defaults) -> Target {
    resolve(&flags(flag_words), &environment(variables), defaults)
        .unwrap_or_else(|error| panic!("{flag_words} {variables}: {error:?}"))
}

fn error(flag_words: &str, variables: &str) -> Error {
    let error = resolve(&flags(flag_words), &environment(variables), &Defaults::default());
    let error = error.expect_err(&format!("{flag_words} {variables}"));
    assert_eq!(error.outcome().exit_code(), 10, "{flag_words} {variables}");
    assert!(!format!("{error:?}").contains("s3cret"), "{error:?}");
    error
}

/// `value < source` of one setting.
fn origin(target: &Target, setting: &str) -> String {
    let counts = |line: &&Explanation| line.setting == setting && line.standing == Standing::Used;
    let line = target.explanations().iter().find(counts);
    line.map_or_else(|| "nothing".into(), |line| format!("{} < {}", line.value, line.source))
}

#[test]
fn without_a_string_flag_beats_variable_beats_yaml_beats_built_in() {
    let (none, yaml) = (Defaults::default(), yaml());
    let variables = "PGHOST=env-host PGPORT=6000 PGUSER=env-user PGDATABASE=env-db PGSSLMODE=allow";
    let given = "host=h port=5000 username=u database=d sslmode=require";
    for (setting, by_flag, by_variable, by_yaml, built_in) in [
        ("host", "h < --host", "env-host < PGHOST", "yaml-host < pgmi.yaml", "localhost"),
        ("port", "5000 < --port", "6000 < PGPORT", "7000 < pgmi.yaml", "5432"),
        ("user", "u < --username", "env-user < PGUSER", "yaml-user < pgmi.yaml", "me"),
        ("dbname", "d < --database", "env-db < PGDATABASE", "yaml-db < pgmi.yaml", "only"),
        ("sslmode", "require < --sslmode", "allow < PGSSLMODE", "disable < pgmi.yaml", "prefer"),
    ] {
        assert_eq!(origin(&target(given, variables, &yaml), setting), by_flag);
        assert_eq!(origin(&target("", variables, &yaml), setting), by_variable);
        assert_eq!(origin(&target("", "", &yaml), setting), by_yaml);
        assert!(origin(&target("database=only", "", &none), setting).starts_with(built_in));
    }
}

#[test]
fn the_strings_order() {
    let variables = "PGMI_CONNECTION_STRING=postgres://pgmi/a DATABASE_URL=postgres://url/b";
    let described = |words, variables| target(words, variables, &yaml()).describe();
    assert_eq!(described("connection=postgres://flag/c", variables), "flag:5432/c");
    assert_eq!(described("", variables), "pgmi:5432/a");
    assert_eq!(described("", "DATABASE_URL=postgres://url/b"), "url:5432/b");
    assert_eq!(
        described("", "PGMI_CONNECTION_STRING= DATABASE_URL=postgres://url/b"),
        "url:5432/b"
    );
}

#[test]
fn a_string_replaces_yaml_and_takes_built_in_defaults_for_its_place() {
    let variables = "PGHOST=env-host PGPORT=6000 PGDATABASE=env-db";
    let bare = target("connection=postgresql://", variables, &yaml());
    assert_eq!(bare.describe(), "localhost:5432/postgres");
    assert_eq!(origin(&bare, "user"), "me < USER");
    assert_eq!(origin(&bare, "sslmode"), "prefer < built-in default");
    assert_eq!(origin(&bare, "sslrootcert"), "nothing");
    assert_eq!(bare.maintenance_database(), "postgres");
}

#[test]
fn variables_fill_what_a_string_leaves_out() {
    let variables = "PGSSLMODE=require PGUSER=env-user PGPASSWORD=s3cret PGAPPNAME=env-app \
                     PGCONNECT_TIMEOUT=3 PGOPTIONS=-cx=1 PGSSLROOTCERT=env.crt \
                     PGTARGETSESSIONATTRS=read-write PGCHANNELBINDING=disable PGSSLCERT=c PGSSLKEY=k";
    let filled = target("connection=postgres://h/d", variables, &yaml());
    for (setting, expected) in [
        ("sslmode", "require < PGSSLMODE"),
        ("user", "env-user < PGUSER"),
        ("password", "[hidden] < PGPASSWORD"),
        ("application_name", "env-app < PGAPPNAME"),
        ("connect_timeout", "3 < PGCONNECT_TIMEOUT"),
        ("options", "-cx=1 < PGOPTIONS"),
        ("sslrootcert", "env.crt < PGSSLROOTCERT"),
        ("target_session_attrs", "read-write < PGTARGETSESSIONATTRS"),
        ("channel_binding", "disable < PGCHANNELBINDING"),
        ("sslcert", "c < PGSSLCERT"),
        ("sslkey", "k < PGSSLKEY"),
    ] {
        assert_eq!(origin(&filled, setting), expected);
    }
    let string = "connection=postgres://u@h/d?sslmode=disable&sslrootcert=string.crt";
    let kept = target(string, variables, &yaml());
    assert_eq!(origin(&kept, "sslmode"), "disable < the connection string of --connection");
    assert_eq!(origin(&kept, "user"), "u < the connection string of --connection");
    assert_eq!(origin(&kept, "sslrootcert"), "string.crt < the connection string of --connection");
    let flagged = target(&format!("{string} sslrootcert=flag.crt"), variables, &yaml());
    assert_eq!(origin(&flagged, "sslrootcert"), "flag.crt < --sslrootcert");
}

#[test]
fn certificates_without_a_string() {
    let defaults = yaml();
    assert_eq!(origin(&target("", "", &defaults), "sslrootcert"), "yaml.crt < pgmi.yaml");
    let by_variable = target("", "PGSSLROOTCERT=env.crt", &defaults);
    assert_eq!(origin(&by_variable, "sslrootcert"), "env.crt < PGSSLROOTCERT");
}

#[test]
fn a_flag_beats_its_part_of_a_string_of_the_environment() {
    for variable in ["PGMI_CONNECTION_STRING", "DATABASE_URL"] {
        let string = format!("{variable}=postgres://su@sh:6000/sd?sslmode=require");
        let described = |words| target(words, &string, &yaml()).describe();
        assert_eq!(described("host=h"), "h:6000/sd");
        assert_eq!(described("port=1"), "sh:1/sd");
        assert_eq!(described("database=d"), "sh:6000/d");
        assert_eq!(target("username=u", &string, &yaml()).user(), "u");
        let sslmode = target("sslmode=disable", &string, &yaml());
        assert_eq!(origin(&sslmode, "sslmode"), "disable < --sslmode");
    }
}

#[test]
fn the_connection_flag_does_not_go_with_its_rivals() {
    for rival in ["host=h", "port=1", "username=u", "sslmode=require"] {
        let error = error(&format!("connection=postgres://u:s3cret@x/d {rival}"), "");
        assert!(error.to_string().contains("cannot be combined"), "{error}");
    }
    let both = target("connection=postgres://h/d database=other sslrootcert=x", "", &yaml());
    assert_eq!(both.describe(), "h:5432/other");
}

#[test]
fn the_maintenance_database() {
    let name =
        |words, variables| target(words, variables, &yaml()).maintenance_database().to_owned();
    assert_eq!(name("", ""), "yaml-admin");
    assert_eq!(name("database=d", ""), "yaml-admin");
    assert_eq!(name("", "PGDATABASE=d"), "yaml-admin");
    assert_eq!(name("connection=postgres://h/admin database=d", ""), "admin");
    assert_eq!(name("connection=postgres://h/admin", ""), "postgres");
    assert_eq!(name("connection=postgres://h/d database=d", ""), "postgres");
    assert_eq!(name("database=d", "DATABASE_URL=postgres://h/admin"), "admin");
    let bare = target("database=d", "", &Defaults::default());
    assert_eq!(bare.maintenance_database(), "postgres");
    assert_eq!(name("database=yaml-admin", ""), "postgres");
    assert_eq!(name("", "PGDATABASE=yaml-admin"), "postgres");
    assert_eq!(name("maintenance=m", ""), "m");
    assert_eq!(name("maintenance=m connection=postgres://h/admin database=d", ""), "m");
    assert_eq!(name("", "DATABASE_URL=postgres://h/d"), "postgres");
}

#[test]
fn what_was_passed_over_is_told_with_the_reason() {
    let process = environment(
        "DATABASE_URL=postgres://u:s3cret@h/d PGHOST=env-host PGPASSWORD=s3cret PGSSLMODE=allow",
    );
    let process = process.with_env_file([("PGSSLMODE", "require"), ("PGAPPNAME", "of-file")]);
    let target = resolve(&flags("sslmode=disable"), &process, &yaml()).unwrap();
    let lines: Vec<String> = target
        .explanations()
        .iter()
        .map(|it| format!("{} {} < {}: {:?}", it.setting, it.value, it.source, it.standing))
        .collect();
    for line in [
        "host h < the connection string of DATABASE_URL: Used",
        "host env-host < PGHOST: BesideString",
        "host yaml-host < pgmi.yaml: BesideString",
        "port 5432 < built-in default: Used",
        "port 7000 < pgmi.yaml: BesideString",
        "password [hidden] < the connection string of DATABASE_URL: Used",
        "password [hidden] < PGPASSWORD: Overridden",
        "sslmode disable < --sslmode: Used",
        "sslmode allow < PGSSLMODE: Overridden",
        "sslmode require < PGSSLMODE of .env: Overridden",
        "application_name of-file < PGAPPNAME of .env: Used",
        "maintenance_database postgres < built-in default: Used",
    ] {
        assert!(lines.iter().any(|it| it == line), "{line}\n{lines:#?}");
    }
    assert!(!lines.join("\n").contains("s3cret"));
}

#[test]
fn no_database_and_no_user_are_errors_that_help() {
    let nothing = error("", "");
    assert_eq!(nothing.to_string(), "no database is named");
    assert!(nothing.primary().help[0].contains("-d DATABASE"));
    let nobody = resolve(&flags("database=d"), &Environment::default(), &Defaults::default());
    let nobody = nobody.unwrap_err();
    assert!(nobody.to_string().contains("no user is named"));
    assert!(nobody.primary().help[0].contains("-U USER"));
    let string = flags("connection=postgres://h/d");
    let nobody = resolve(&string, &Environment::default(), &Defaults::default()).unwrap_err();
    let help = &nobody.primary().help;
    assert_eq!(help[..], ["write the user into the connection string, or set PGUSER"]);
    let windows = Environment::from_iter([("USERNAME", "win")]);
    let target = resolve(&flags("database=d"), &windows, &Defaults::default()).unwrap();
    assert_eq!(target.user(), "win");
}

#[test]
fn values_that_make_no_sense() {
    for (words, variables, part) in [
        ("database=d port=abc", "", "port `abc` from --port is not a number from 1 to 65535"),
        ("database=d", "PGPORT=-1", "port `-1` from PGPORT"),
        ("database=d", "PGPORT=99999", "port `99999` from PGPORT"),
        ("database=d sslmode=on", "", "sslmode `on` from --sslmode is not one of disable, allow"),
        ("database=d", "PGCONNECT_TIMEOUT=five", "connect_timeout `five`"),
        ("database=d", "PGTARGETSESSIONATTRS=best", "target_session_attrs `best`"),
        ("database=d", "PGGSSENCMODE=require", "gssencmode=require is not supported"),
        ("database=d", "PGREQUIREAUTH=scram-sha-256", "require_auth from PGREQUIREAUTH"),
        ("database=d", "PGSERVICE=nowhere", "in no service file"),
        ("connection=postgres://h:abc/d", "", "port from the connection string of --connection"),
        ("connection=postgres://h:0/d", "", "port from the connection string"),
        ("connection=postgres://h:65536/d", "", "port from the connection string"),
        ("connection=postgres://h/d?connect_timeout=five", "", "connect_timeout from the"),
        ("connection=Host=h;Port=s3cret", "", "port from the connection string"),
        ("connection=", "", "--connection is empty"),
        ("database=", "", "--database is empty"),
        ("connection=postgres://u:p@s3cret@h/d", "", "unescaped `@`"),
        ("", "DATABASE_URL=postgres://u:s3cret", "DATABASE_URL"),
    ] {
        let error = error(words, variables);
        assert!(error.to_string().contains(part), "{words} {variables}: {error}");
    }
}

#[test]
fn a_port_may_have_spaces_around_it() {
    let spaced = Environment::from_iter([("PGPORT", " 5433 "), ("USER", "me")]);
    let target = resolve(&flags("database=d"), &spaced, &Defaults::default()).unwrap();
    assert_eq!(target.describe(), "localhost:5433/d");
}

#[test]
fn the_systems_authorities_ask_for_the_hosts_name() {
    let system = target("database=d", "PGSSLROOTCERT=system", &Defaults::default());
    assert_eq!(origin(&system, "sslmode"), "verify-full < built-in default");
    assert!(
        error("database=d sslmode=require", "PGSSLROOTCERT=system").to_string().contains("system")
    );
}

#[test]
fn a_service_stands_between_flags_and_variables() {
    let path = std::env::temp_dir().join(format!("pgmi-service-{}.conf", std::process::id()));
    std::fs::write(&path, "[shop]\nhost=service-host\nport=6001\ndbname=shop\n").unwrap();
    let variables = format!("PGSERVICEFILE={} PGSERVICE=shop PGHOST=env-host", path.display());
    let named = target("port=1", &variables, &yaml());
    let in_string = target("connection=service=shop", &variables, &yaml());
    let not_meant = target("connection=postgres://h/d", &variables, &yaml());
    std::fs::remove_file(&path).unwrap();
    assert_eq!(named.describe(), "service-host:1/shop");
    let of_file = format!("service-host < service `shop` of {}", path.display());
    assert_eq!(origin(&named, "host"), of_file);
    assert_eq!(in_string.describe(), "service-host:6001/shop");
    assert_eq!(not_meant.describe(), "h:5432/d");
}

#[test]
fn nothing_shows_a_password() {
    let target = target("connection=postgres://u:s3cret@h/d?sslpassword=s3cret", "", &yaml());
    let shown = format!("{target:?} {:?} {}", target.explanations(), target.describe());
    assert!(!shown.contains("s3cret"), "{shown}");
}

#[test]
fn another_database_keeps_the_rest() {
    let first = target("connection=postgres://u@h:1/a", "", &yaml());
    let second = first.with_database("b");
    assert_eq!(second.describe(), "h:1/b");
    assert_eq!(second.database(), "b");
    assert_eq!(first.database(), "a");
}
