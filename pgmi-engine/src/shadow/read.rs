//! A database to look at: like the template, open to connections, and as lasting.
//!
//! Describing queries changes nothing, so everybody who does can share one, and nobody waits for a copy.

use super::Shadows;
use super::administration::{Administration, TEMPLATE, key_of};
use super::copy::create;
use super::template::Template;
use crate::Result;
use crate::connection::Target;

impl Shadows {
    /// A database like the template that is shared with others: nothing may be executed there.
    ///
    /// # Errors
    /// As [`Shadows::copy`].
    pub fn read_only(&self, template: &Template) -> Result<Target> {
        let name = format!("{}_read", template.name);
        if !self.administration.is_complete(&name)? {
            self.make_once(template, &name)?;
        }
        Ok(self.server.target(&name))
    }

    /// Makes it, unless somebody else did while we waited for the lock.
    fn make_once(&self, template: &Template, name: &str) -> Result<()> {
        let lock = Administration::connect(&self.server)?;
        lock.lock(key_of(template.schema().short()).unwrap_or_default())?;
        if self.administration.is_complete(name)? {
            return Ok(());
        }
        self.administration.drop_database(name)?;
        create(&self.administration, &template.name, &template.carried, name)?;
        self.administration.mark(name, TEMPLATE)
    }
}
