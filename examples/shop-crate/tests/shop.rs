//! Each test has a database of its own, in which the shop is deployed.

use pgmi::TestDatabase;
use shop_crate::{customers, register};

#[pgmi::test]
async fn a_customer_is_registered_once(db: TestDatabase) -> Result<(), tokio_postgres::Error> {
    let before = customers(&db).await?;
    let id = register(&db, "ada@example.com", "Ada").await?;
    assert_eq!(register(&db, "ADA@example.com", "Ada").await?, id);
    assert_eq!(customers(&db).await?, before + 1);
    Ok(())
}

/// What other tests commit is not here: the number is that of the seeds.
#[pgmi::test(flavor = "multi_thread", worker_threads = 2)]
async fn others_are_not_seen(db: TestDatabase) {
    let seeds = customers(&db).await.unwrap();
    let other = db.connect().await.unwrap();
    register(&other, "alan@example.com", "Alan").await.unwrap();
    assert_eq!(customers(&db).await.unwrap(), seeds + 1);
}

#[pgmi::test(fixtures("regulars", "crm.customers.csv"))]
async fn fixtures_are_there(client: tokio_postgres::Client) {
    let sql = "select count(*) from crm.customers where email like '%@regulars.example'";
    let regulars: i64 = client.query_one(sql, &[]).await.unwrap().get(0);
    assert_eq!(regulars, 3);
}

/// Cheaper still: nothing of it is ever committed.
#[pgmi::test(rollback)]
async fn a_transaction_is_enough(db: TestDatabase) -> Result<(), tokio_postgres::Error> {
    register(&db, "grace@example.com", "Grace").await?;
    Ok(())
}

#[pgmi::test(rollback)]
fn without_async(mut db: TestDatabase<postgres::Client>) -> Result<(), postgres::Error> {
    let sql = "select count(*) from crm.customers where email like 'grace@%'";
    assert_eq!(db.query_one(sql, &[])?.get::<_, i64>(0), 0);
    Ok(())
}

#[pgmi::test]
#[should_panic(expected = "shop.email")]
async fn an_address_has_a_form(db: TestDatabase) {
    register(&db, "nowhere", "Nobody")
        .await
        .map_err(|error| error.as_db_error().map(|it| it.message().to_owned()))
        .unwrap();
}
