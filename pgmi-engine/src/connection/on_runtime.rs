//! The same connections for clients that do not block.

use std::fmt;
use std::net::IpAddr;
use std::pin::Pin;

use tokio_postgres::{Client, NoTls};

use super::connect::{ConnectOptions, Outcome, nothing_tried, with_note};
use super::driver;
use super::endpoint::{Endpoint, Host};
use super::failure::{Failure, unknown_host};
use super::target::Target;
use super::tls::{Tls, Way};
use crate::Result;

/// A connection that somebody must drive.
pub struct Driven {
    pub client: Client,
    /// Runs until the client is gone; to be spawned on a runtime.
    pub driver: Pin<Box<dyn Future<Output = ()> + Send>>,
}

impl Target {
    /// Connects on a tokio runtime: every host, every address, every way, once.
    ///
    /// # Errors
    /// As [`Target::connect`], without its further tries.
    pub async fn connect_on_runtime(&self) -> Result<Driven> {
        let tls = self.load_tls()?;
        let mut failures: Vec<Failure> = Vec::new();
        for endpoint in &self.endpoints {
            match self.reach(endpoint, tls.as_ref()).await {
                Ok(driven) => return Ok(driven),
                Err(failure) => failures.push(failure),
            }
        }
        let last = failures.pop().unwrap_or_else(|| nothing_tried("the server"));
        Err(failures.iter().rev().fold(last, with_note).error)
    }

    async fn reach(&self, endpoint: &Endpoint, tls: Option<&Tls>) -> Outcome<Driven> {
        let place = format!("{endpoint}/{}", self.database);
        let addresses: Vec<Option<IpAddr>> = match endpoint.host {
            Host::Socket(_) => vec![None],
            Host::Name(_) => {
                let found = endpoint.addresses().map_err(|error| unknown_host(&error, &place))?;
                found.into_iter().map(Some).collect()
            }
        };
        let ways = self.tls.ways(endpoint);
        let each: Vec<(Option<IpAddr>, Way)> = addresses
            .iter()
            .flat_map(|address| ways.iter().map(move |way| (*address, *way)))
            .collect();
        let mut last = nothing_tried(&place);
        for (address, way) in each {
            let options = ConnectOptions::default();
            let config = driver::plain_config(self, &options, endpoint, address, way);
            match open(&config, tls.filter(|_| way != Way::Plain)).await {
                Ok(driven) => return Ok(driven),
                Err(error) => last = Failure::explain(&error, &place),
            }
        }
        Err(last)
    }
}

async fn open(
    config: &tokio_postgres::Config,
    tls: Option<&Tls>,
) -> std::result::Result<Driven, tokio_postgres::Error> {
    // How a connection ends is told by its client, to whoever uses it.
    match tls {
        Some(tls) => {
            let (client, connection) = config.connect(tls.connector()).await?;
            Ok(Driven { client, driver: Box::pin(async { drop(connection.await) }) })
        }
        None => {
            let (client, connection) = config.connect(NoTls).await?;
            Ok(Driven { client, driver: Box::pin(async { drop(connection.await) }) })
        }
    }
}

impl fmt::Debug for Driven {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Driven").finish_non_exhaustive()
    }
}
