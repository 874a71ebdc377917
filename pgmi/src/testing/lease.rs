//! A database that a test has for itself.

use std::sync::Arc;

use pgmi_engine::connection::{Environment, Target};
use pgmi_engine::shadow::stock::Loan;
use pgmi_engine::shadow::{Shadow, Shadows, Template};

use super::error::TestDatabaseError;

/// Who will drop it.
enum Owner {
    /// The stockkeeper, once we hang up.
    Stock(Loan),
    /// We ourselves. The server must outlive it.
    Ours(Box<Shadow>, Arc<(Shadows, Template)>),
}

/// A database until this is dropped.
pub(super) struct Lease {
    owner: Owner,
    target: Target,
}

impl Lease {
    /// One from the stock.
    pub(super) fn of_stock(
        loan: Loan,
        environment: &Environment,
    ) -> Result<Self, TestDatabaseError> {
        let target = loan.target(environment)?;
        Ok(Self { owner: Owner::Stock(loan), target })
    }

    /// One that is made now.
    pub(super) fn made(prepared: &Arc<(Shadows, Template)>) -> Result<Self, TestDatabaseError> {
        let (shadows, template) = &**prepared;
        let shadow = shadows.copy(template)?;
        let target = shadow.target().clone();
        Ok(Self { owner: Owner::Ours(Box::new(shadow), Arc::clone(prepared)), target })
    }

    pub(super) fn target(&self) -> &Target {
        &self.target
    }

    /// May contain a password.
    pub(super) fn connection_string(&self) -> &str {
        match &self.owner {
            Owner::Stock(loan) => loan.connection_string(),
            Owner::Ours(shadow, _) => shadow.connection_string(),
        }
    }

    /// Leaves the database there for somebody to look at.
    pub(super) fn keep(self, test: &str) -> Result<(), TestDatabaseError> {
        match self.owner {
            Owner::Stock(mut loan) => loan.keep(test)?,
            Owner::Ours(shadow, prepared) => {
                shadow.keep()?;
                prepared.0.server().keep_running()?;
            }
        }
        Ok(())
    }

    /// Says whether the database is as it was, for the next test that rolls back, in this process or another.
    pub(super) fn say_clean(&mut self, is_clean: bool) {
        if let Owner::Stock(loan) = &mut self.owner {
            loan.say_clean(is_clean);
        }
    }
}
