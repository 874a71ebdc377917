//! A database to look at: like the template, open to connections, and as lasting.
//!
//! Describing queries changes nothing, so everybody who does can share one, and nobody waits for a copy.

use postgres::Client;
use postgres::types::Type;

use super::administration::{Administration, LOOK_UP, TEMPLATE, TOUCH_EVERY, key_of};
use super::copy::create;
use super::template::Template;
use super::{Shadows, schema_on};
use crate::Result;
use crate::cluster::Server;
use crate::connection::{ConnectOptions, Target};
use crate::project::{Parameters, Project};

/// A connection to the one of this project, where it is there and was used a moment ago: then nothing has to
/// be made, noted or swept, and no other connection is needed.
pub(crate) fn standing(
    server: &Server,
    project: &Project,
    parameters: &Parameters,
    options: ConnectOptions,
) -> Option<Client> {
    let name = name_of(&format!("pgmi_{}", schema_on(server, project, parameters).short()));
    let mut client = server.target(&name).connect(options).ok()?.client;
    let rows = client.query_typed(LOOK_UP, &[(&name, Type::TEXT)]).ok()?;
    let age: i64 = rows.first()?.try_get(0).ok()?;
    (age <= TOUCH_EVERY).then_some(client)
}

fn name_of(template: &str) -> String {
    format!("{template}_read")
}

impl Shadows {
    /// A database like the template that is shared with others: nothing may be executed there.
    ///
    /// # Errors
    /// As [`Shadows::copy`].
    pub fn read_only(&self, template: &Template) -> Result<Target> {
        let name = name_of(&template.name);
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
