//! What the shop sells.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::response::IntoResponse;
use deadpool_postgres::Pool;
use serde::Deserialize;

use crate::refusal::Refusal;

/// Which products are listed.
#[derive(Debug, Deserialize)]
pub(crate) struct Wanted {
    tag: Option<String>,
    limit: Option<i64>,
}

/// `GET /products?tag=gift&limit=20`
pub(crate) async fn list(
    State(pool): State<Pool>,
    Query(wanted): Query<Wanted>,
) -> Result<impl IntoResponse, Refusal> {
    let products = pgmi::query!(
        "select sku, name, amount::text as amount, currency, in_stock
           from catalog.products_on_sale
          where $tag::text is null or $tag = any (tags)
          order by name
          limit coalesce($limit::bigint, 20)",
        tag = wanted.tag,
        limit = wanted.limit,
    );
    Ok(Json(products.fetch(&pool.get().await?).await?))
}

/// `GET /products/TEA-POT-12`: no two products have the same SKU, so there is one or none.
pub(crate) async fn show(
    State(pool): State<Pool>,
    Path(sku): Path<String>,
) -> Result<impl IntoResponse, Refusal> {
    let product = pgmi::query!(
        "select id, name, description, tags, weight_grams from catalog.products where sku = $sku",
        sku,
    );
    let product = product.fetch(&pool.get().await?).await?;
    product.map(Json).ok_or(Refusal::NotFound)
}
