//! What is bought.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use deadpool_postgres::Pool;
use serde::Deserialize;

use crate::db::types::ShopCartItem;
use crate::refusal::Refusal;

/// What is ordered, by whom, and where it goes to.
#[derive(Debug, Deserialize)]
pub(crate) struct Order {
    customer: i64,
    address: i64,
    items: Vec<Item>,
    coupon: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Item {
    sku: String,
    quantity: i32,
}

/// `POST /orders`: a cart, what is in it, and the order, all of it or nothing.
pub(crate) async fn place(
    State(pool): State<Pool>,
    Json(order): Json<Order>,
) -> Result<impl IntoResponse, Refusal> {
    let items: Vec<_> = order.items.into_iter().map(Item::in_cart).map(Some).collect();
    let mut client = pool.get().await?;
    let transaction = client.transaction().await?;
    let cart = pgmi::query!("select sales.open_cart($customer) as id", customer = order.customer);
    let cart = cart.fetch(&transaction).await?.id.ok_or(Refusal::NotFound)?;
    pgmi::query!("select sales.add_to_cart($cart, variadic $items) as lines", cart, items)
        .fetch(&transaction)
        .await?;
    let order = pgmi::query!(
        "select sales.place_order($cart, $address, $coupon) as id",
        cart,
        address = order.address,
        coupon = order.coupon,
    );
    let id = order.fetch(&transaction).await?.id.ok_or(Refusal::NotFound)?;
    // A statement does not see what it did itself.
    let placed = pgmi::query!(
        "select number, total::text as total, currency from sales.orders where id = $id",
        id,
    );
    let placed = placed.fetch(&transaction).await?.ok_or(Refusal::NotFound)?;
    transaction.commit().await?;
    Ok((StatusCode::CREATED, Json(placed)))
}

impl Item {
    fn in_cart(self) -> ShopCartItem {
        ShopCartItem { sku: Some(self.sku), quantity: Some(self.quantity) }
    }
}
