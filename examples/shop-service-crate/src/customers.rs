//! Who buys.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use serde::Deserialize;

use crate::Shop;
use crate::refusal::Refusal;

/// Who wants to be a customer.
#[derive(Debug, Deserialize)]
pub struct Registration {
    email: String,
    given_name: String,
    family_name: Option<String>,
}

/// `POST /customers`; an address that is known already gives the customer who has it.
pub async fn register(
    State(shop): State<Shop>,
    Json(new): Json<Registration>,
) -> Result<impl IntoResponse, Refusal> {
    let customer = pgmi::query!(
        "select id, public_id::text as public_id
           from crm.register_customer($email, $given_name, $family_name)",
        email = new.email,
        given_name = new.given_name,
        family_name = new.family_name,
    );
    Ok(Json(customer.fetch(&*shop).await?))
}
