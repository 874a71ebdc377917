//! What a worker does, with a connection of its own.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use postgres::types::Type;

use super::keeper::Shop;
use super::shelf::{Job, Trouble};
use crate::diagnostic::Code;
use crate::shadow::administration::{Administration, is_full};
use crate::shadow::copy::create;
use crate::shadow::template::{Carried, carried};
use crate::{Error, Result};

const SIZE: &str = "select pg_catalog.pg_database_size($1)";

pub(super) struct Worker {
    shop: Arc<Shop>,
    administration: Administration,
    /// By template: what its copies are to be given, and their size.
    known: BTreeMap<String, (Vec<Carried>, u64)>,
}

impl Worker {
    pub(super) fn hire(shop: &Arc<Shop>) -> Result<Self> {
        let administration = Administration::connect(shop.shadows.server())?;
        Ok(Self { shop: Arc::clone(shop), administration, known: BTreeMap::new() })
    }

    /// Does what is to be done, until there will be nothing any more.
    pub(super) fn work(mut self) {
        while let Some(job) = self.shop.next_job() {
            match job {
                Job::Copy(template) => {
                    let result = self.copy(&template).map_err(|error| self.trouble(&error));
                    let result = result.and_then(|copy| copy.ok_or(Trouble::Missing));
                    if result.is_err() {
                        self.known.remove(&template);
                    }
                    self.shop.change(|counter| counter.shelf.copied(&template, result));
                }
                Job::Drop(name) => {
                    if let Err(error) = self.administration.drop_database(&name) {
                        self.trouble(&error);
                    }
                    self.shop.change(|counter| counter.shelf.dropped());
                }
            }
        }
    }

    /// Makes a copy; none when there is no such template.
    fn copy(&mut self, template: &str) -> Result<Option<(String, u64)>> {
        if !self.known.contains_key(template) && !self.look_up(template)? {
            return Ok(None);
        }
        let shadows = &self.shop.shadows;
        let number = shadows.count.fetch_add(1, Ordering::Relaxed);
        let name = format!("{template}_{}_{number}", shadows.administration.owner());
        let Some((carried, size)) = self.known.get(template) else { return Ok(None) };
        create(&self.administration, template, carried, &name)?;
        Ok(Some((name, *size)))
    }

    fn look_up(&mut self, template: &str) -> Result<bool> {
        if !self.administration.is_complete(template)? {
            return Ok(false);
        }
        let carried = carried(&self.administration, template)?;
        let size = self.administration.rows(SIZE, &[(&template, Type::NAME)])?;
        let size = size.first().map_or(0, |row| row.get::<_, i64>(0)).cast_unsigned();
        self.known.insert(template.to_owned(), (carried, size));
        Ok(true)
    }

    fn trouble(&self, error: &Error) -> Trouble {
        if error.code() == Code::ConnectionLost {
            self.shop.change(|counter| counter.is_broken = true);
        }
        let said = match error.primary().server.as_ref() {
            Some(server) => server.message.clone(),
            None => error.to_string(),
        };
        match error.sqlstate().unwrap_or_default() {
            "3D000" => Trouble::Missing,
            code if is_full(code, &said) => Trouble::Full(said),
            _ => Trouble::Failed(said),
        }
    }
}
