//! What the shop sells.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::response::IntoResponse;
use serde::Deserialize;

use crate::Shop;
use crate::refusal::Refusal;

/// Which products are listed.
#[derive(Debug, Deserialize)]
pub struct Wanted {
    tag: Option<String>,
    limit: Option<i64>,
}

/// `GET /products?tag=tea&limit=20`
pub async fn list(
    State(shop): State<Shop>,
    Query(wanted): Query<Wanted>,
) -> Result<impl IntoResponse, Refusal> {
    let products = pgmi::query!(
        "select sku, name, amount::text as amount, currency, in_stock
           from catalog.products_on_sale
          where $tag::text is null or $tag = any (tags)
          order by name
          limit coalesce($limit, 20)",
        tag = wanted.tag,
        limit = wanted.limit,
    );
    Ok(Json(products.fetch(&*shop).await?))
}

/// `GET /products/TEA-1`
pub async fn show(
    State(shop): State<Shop>,
    Path(sku): Path<String>,
) -> Result<impl IntoResponse, Refusal> {
    let product = pgmi::query!(
        "select id, name, description, tags, weight_grams from catalog.products where sku = $sku",
        sku,
    );
    let product = product.fetch(&*shop).await?;
    product.map(Json).ok_or(Refusal::NotFound)
}
