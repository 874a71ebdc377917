//! What blocking queries run on.

use postgres::GenericClient;

use crate::Cached;
use crate::cached::Statements;

/// A `postgres::Client` or `postgres::Transaction`, or a [`Cached`] around one.
#[diagnostic::on_unimplemented(
    message = "no blocking query runs on `{Self}`",
    note = "blocking queries run on `postgres::Client` and `postgres::Transaction`; a client of a pool is given as \
            `&mut *client`"
)]
pub trait Client {
    /// A client or transaction of the `postgres` crate.
    type Driver: GenericClient;

    #[doc(hidden)]
    fn parts(&mut self) -> (&mut Self::Driver, Option<&Statements>);
}

impl Client for postgres::Client {
    type Driver = Self;

    fn parts(&mut self) -> (&mut Self, Option<&Statements>) {
        (self, None)
    }
}

impl Client for postgres::Transaction<'_> {
    type Driver = Self;

    fn parts(&mut self) -> (&mut Self, Option<&Statements>) {
        (self, None)
    }
}

impl<C: Client> Client for &mut C {
    type Driver = C::Driver;

    fn parts(&mut self) -> (&mut C::Driver, Option<&Statements>) {
        (**self).parts()
    }
}

impl<C: Client> Client for Cached<C> {
    type Driver = C::Driver;

    fn parts(&mut self) -> (&mut C::Driver, Option<&Statements>) {
        let (client, statements) = self.split();
        (client.parts().0, Some(statements))
    }
}
