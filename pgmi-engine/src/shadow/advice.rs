//! What fails in throwaway databases and nowhere else, and what to do about it.

use crate::Error;
use crate::cluster::{Origin, Server};

/// Adds what is to be known about throwaway databases to the error of a deployment.
pub(super) fn advise(error: Error, server: &Server) -> Error {
    if error.sqlstate() == Some("42710") && error.primary().message.contains("role \"") {
        return existing_role(error);
    }
    match missing_extension(&error) {
        Some(name) => extension(error, &name, server),
        None => error,
    }
}

/// Throwaway databases share their server, and with it the roles.
fn existing_role(error: Error) -> Error {
    error.map(|finding| {
        finding
            .note("roles belong to the server, which this database shares with others, earlier versions of itself among them")
            .help("create a role only where it is missing: do $$ begin if to_regrole('…') is null then create role …; end if; end $$;")
    })
}

/// `extension "postgis" is not available`; before 15 it is the file that cannot be opened.
fn missing_extension(error: &Error) -> Option<String> {
    let message = &error.primary().message;
    let name = match error.sqlstate()? {
        "0A000" => message.strip_prefix("extension \"")?.strip_suffix("\" is not available")?,
        "58P01" => message.split(".control\"").next()?.rsplit('/').next()?,
        _ => return None,
    };
    let is_name = |c: char| c.is_ascii_alphanumeric() || "_-".contains(c);
    (!name.is_empty() && name.chars().all(is_name)).then(|| name.to_owned())
}

fn extension(error: Error, name: &str, server: &Server) -> Error {
    let (major, version) = (server.major(), server.version());
    error.map(|finding| match server.origin() {
        Origin::Given => finding
            .note(format!("the server that was named, PostgreSQL {version}, does not have {name}"))
            .help(format!("install {name} there, or name a server that has it")),
        Origin::Local => finding
            .note(format!("the programs of PostgreSQL {version} on this machine come without {name}"))
            .help(format!("install the package of {name} for PostgreSQL {major} of your system"))
            .help(format!(
                "or take a container that has it: server = \"container\" and image = \"…\" in [package.metadata.pgmi]{}",
                image_with(name, major)
            ))
            .help("or name a server that has it: PGMI_SERVER=postgresql://user@host/database"),
        Origin::Container => finding
            .note(format!("the image of the container comes without {name}"))
            .help(format!(
                "choose another with image = \"…\" in [package.metadata.pgmi]{}",
                image_with(name, major)
            )),
    })
}

/// An image that is known to have an extension, in words; nothing for most.
fn image_with(name: &str, major: u16) -> String {
    let image = match name {
        "vector" => format!("pgvector/pgvector:pg{major}"),
        "timescaledb" => format!("timescale/timescaledb:latest-pg{major}"),
        _ if name.starts_with("postgis") && major >= 18 => format!("postgis/postgis:{major}-3.6"),
        _ if name.starts_with("postgis") => format!("postgis/postgis:{major}-3.5"),
        _ => return String::new(),
    };
    format!(", such as {image}")
}
