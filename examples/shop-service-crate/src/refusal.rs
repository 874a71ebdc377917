//! What a client is told when a request did not do what was asked.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use deadpool_postgres::PoolError;

/// Why a request was refused.
#[derive(Debug)]
pub(crate) enum Refusal {
    NotFound,
    /// A rule of the database, in its own words.
    Rule(String),
    /// No fault of the client.
    Failed(String),
}

/// Classes of SQLSTATE that speak of what the client sent: a value that is none of its type, a constraint, a
/// missing row, and those of the shop itself.
const RULES: [&str; 4] = ["22", "23", "P0", "SH"];

impl From<pgmi::Error> for Refusal {
    fn from(error: pgmi::Error) -> Self {
        let said = error.as_db_error();
        match said.filter(|it| RULES.iter().any(|class| it.code().code().starts_with(class))) {
            Some(said) => Self::Rule(said.message().to_owned()),
            None => Self::Failed(error.to_string()),
        }
    }
}

impl From<PoolError> for Refusal {
    fn from(error: PoolError) -> Self {
        Self::Failed(error.to_string())
    }
}

impl From<tokio_postgres::Error> for Refusal {
    fn from(error: tokio_postgres::Error) -> Self {
        Self::Failed(error.to_string())
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND.into_response(),
            Self::Rule(rule) => (StatusCode::UNPROCESSABLE_ENTITY, rule).into_response(),
            Self::Failed(why) => {
                eprintln!("{why}");
                StatusCode::INTERNAL_SERVER_ERROR.into_response()
            }
        }
    }
}
