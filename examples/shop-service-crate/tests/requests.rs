//! Requests to the service, each test over a shop of its own.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests are tests: what they cannot do fails the test"
)]

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use deadpool_postgres::{Manager, Pool};
use pgmi::TestDatabase;
use serde_json::{Value, json};
use tokio_postgres::NoTls;
use tower::ServiceExt;

fn shop(db: &TestDatabase) -> Router {
    let manager = Manager::new(db.connection_string().parse().unwrap(), NoTls);
    shop_service_crate::routes(Pool::builder(manager).max_size(2).build().unwrap())
}

async fn get(shop: &Router, path: &str) -> (StatusCode, Value) {
    answer(shop, Request::get(path).body(Body::empty()).unwrap()).await
}

async fn post(shop: &Router, path: &str, body: Value) -> (StatusCode, Value) {
    let request = Request::post(path).header("content-type", "application/json");
    answer(shop, request.body(Body::from(body.to_string())).unwrap()).await
}

/// What comes back; what is not JSON is text.
async fn answer(shop: &Router, request: Request<Body>) -> (StatusCode, Value) {
    let response = shop.clone().oneshot(request).await.unwrap();
    let status = response.status();
    let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
    let text = || Value::from(String::from_utf8_lossy(&body).into_owned());
    (status, serde_json::from_slice(&body).unwrap_or_else(|_| text()))
}

#[pgmi::test]
async fn products_are_listed_and_shown(db: TestDatabase) {
    let shop = shop(&db);
    let (status, gifts) = get(&shop, "/products?tag=gift").await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(gifts[0]["sku"], "PEN-FTN-M");
    assert_eq!(gifts[1]["amount"], "9.80");
    let (_, first) = get(&shop, "/products?limit=1").await;
    assert_eq!(first.as_array().map(Vec::len), Some(1));

    let (status, pot) = get(&shop, "/products/TEA-POT-12").await;
    assert_eq!((status, &pot["description"]), (StatusCode::OK, &Value::Null));
    assert_eq!(get(&shop, "/products/NOTHING").await.0, StatusCode::NOT_FOUND);
}

#[pgmi::test]
async fn a_customer_is_registered_once(db: TestDatabase) {
    let shop = shop(&db);
    let ada = json!({ "email": "ada.l@example.com", "given_name": "Ada", "family_name": null });
    let (status, first) = post(&shop, "/customers", ada.clone()).await;
    assert_eq!((status, &first["display_name"]), (StatusCode::OK, &json!("Ada")));
    assert_eq!(post(&shop, "/customers", ada).await.1, first);

    let nobody = json!({ "email": "nowhere", "given_name": "Nobody" });
    let (status, why) = post(&shop, "/customers", nobody).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(why.as_str().unwrap().contains("email_has_one_at"), "{why}");
}

#[pgmi::test]
async fn an_order_is_placed_or_leaves_nothing(db: TestDatabase) {
    let shop = shop(&db);
    let sql = "select customer_id, id from crm.addresses where recipient = 'Bruno Keller'";
    let row = db.query_one(sql, &[]).await.unwrap();
    let order = |sku: &str| {
        let items = json!([{ "sku": sku, "quantity": 2 }]);
        json!({ "customer": row.get::<_, i64>(0), "address": row.get::<_, i64>(1), "items": items })
    };
    let carts = async || -> i64 {
        db.query_one("select count(*) from sales.carts", &[]).await.unwrap().get(0)
    };
    let before = carts().await;
    let (status, placed) = post(&shop, "/orders", order("GRD-TROWEL")).await;
    assert_eq!(status, StatusCode::CREATED, "{placed}");
    assert_eq!(placed["currency"], "EUR");
    assert_eq!(carts().await, before + 1);

    let (status, why) = post(&shop, "/orders", order("NOTHING")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(why, "not for sale: NOTHING");
    assert_eq!(carts().await, before + 1);
}
