//! PostgreSQL's error response, in the engine's own words.

use postgres::error::DbError;

use crate::diagnostic::ServerError;

/// Keeps the fields of an error response that explain it
/// ([protocol-error-fields](https://www.postgresql.org/docs/current/protocol-error-fields.html)).
pub fn server_error(error: &DbError) -> ServerError {
    ServerError {
        sqlstate: error.code().code().to_owned(),
        message: error.message().to_owned(),
        detail: error.detail().map(ToOwned::to_owned),
        hint: error.hint().map(ToOwned::to_owned),
        context: error.where_().map(ToOwned::to_owned),
    }
}
