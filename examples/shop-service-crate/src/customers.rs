//! Who buys.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use deadpool_postgres::Pool;
use serde::Deserialize;

use crate::refusal::Refusal;

/// Who wants to be a customer.
#[derive(Debug, Deserialize)]
pub(crate) struct Registration {
    email: String,
    given_name: String,
    family_name: Option<String>,
}

/// `POST /customers`; an address that is known already gives the customer who has it.
pub(crate) async fn register(
    State(pool): State<Pool>,
    Json(new): Json<Registration>,
) -> Result<impl IntoResponse, Refusal> {
    let customer = pgmi::query!(
        "select id, display_name
           from crm.register_customer($email, $given_name, $family_name)",
        email = new.email,
        given_name = new.given_name,
        family_name = new.family_name,
    );
    Ok(Json(customer.fetch(&pool.get().await?).await?))
}
