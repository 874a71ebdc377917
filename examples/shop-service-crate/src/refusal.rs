//! What a client is told when a query did not do what was asked.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

/// Why a request was refused.
#[derive(Debug)]
pub enum Refusal {
    NotFound,
    /// A rule of the database, in its own words.
    Rule(String),
    Failed(pgmi::Error),
}

impl From<pgmi::Error> for Refusal {
    fn from(error: pgmi::Error) -> Self {
        match error.constraint() {
            Some(constraint) => Self::Rule(constraint.replace('_', " ")),
            None => Self::Failed(error),
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND.into_response(),
            Self::Rule(rule) => (StatusCode::UNPROCESSABLE_ENTITY, rule).into_response(),
            Self::Failed(error) => {
                eprintln!("{error}");
                StatusCode::INTERNAL_SERVER_ERROR.into_response()
            }
        }
    }
}
