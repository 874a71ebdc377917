//! Databases created, dropped and made anew outside of a deployment, from the maintenance database.

use super::database::{
    check_expendable, check_name, create, drop_by_force, maintenance, make_anew, read_settings,
};
use super::watch::Watch;
use crate::Result;
use crate::connection::Target;

/// Creates the target database unless it is there; whether it was created now.
///
/// # Errors
/// [`Code::DatabaseSetup`](crate::diagnostic::Code::DatabaseSetup) when PostgreSQL refuses; connection errors.
pub fn create_database(target: &Target) -> Result<bool> {
    check_name(target)?;
    let mut client = maintenance(target, &Watch::default())?;
    let is_missing = read_settings(&mut client, target.database())?.is_empty();
    if is_missing {
        create(&mut client, target.database())?;
    }
    Ok(is_missing)
}

/// Drops the target database, and ends the sessions that are in it; whether there was one.
///
/// The caller has asked for approval.
///
/// # Errors
/// [`Code::OverwriteRefused`](crate::diagnostic::Code::OverwriteRefused) for the maintenance database and the
/// templates; as [`create_database`].
pub fn drop_database(target: &Target) -> Result<bool> {
    check_expendable(target, "drop")?;
    let mut client = maintenance(target, &Watch::default())?;
    let exists = !read_settings(&mut client, target.database())?.is_empty();
    if exists {
        drop_by_force(&mut client, target.database())?;
    }
    Ok(exists)
}

/// Drops the target database and creates it with the settings it had, as a deployment that overwrites does;
/// creates it when there is none. Whether there was one.
///
/// The caller has asked for approval.
///
/// # Errors
/// As [`drop_database`].
pub fn reset_database(target: &Target) -> Result<bool> {
    make_anew(target, &Watch::default())
}
