//! Every kind of client: alone, in a transaction, of a pool, behind a pointer, behind PgBouncer.

use std::sync::Arc;

use bb8_postgres::PostgresConnectionManager;
use deadpool_postgres::{Manager, Pool};
use pgmi::{Cached, CachedManager, Client};
use pgmi_test_bindings::db::{RenameAlbum, SelectAlbum, types::Format};
use pgmi_tests::{Bouncer, on_every_major};
use tokio_postgres::NoTls;

use super::{block_on, client, connect, fill};

/// An answer of every cardinality that matters here, and a type whose oid the driver has to ask for.
async fn works(client: &impl Client) {
    let album = SelectAlbum { id: 1 }.fetch(client).await.unwrap().unwrap();
    assert_eq!((album.name.as_str(), album.format), ("Blue", Format::Vinyl));
    assert_eq!(RenameAlbum { id: 1, name: "Blue" }.execute(client).await.unwrap(), 1);
    assert!(SelectAlbum { id: 9 }.fetch(client).await.unwrap().is_none());
}

on_every_major! {
    fn bindings_run_on_every_client(db: &Database) {
        fill(db);
        block_on(async {
            let mut alone = client(db).await;
            works(&alone).await;
            works(&&alone).await;
            let mut transaction = alone.transaction().await.unwrap();
            works(&transaction).await;
            works(&transaction.savepoint("s").await.unwrap()).await;
            drop(transaction);
            works(&Box::new(&mut alone)).await;
            works(&Arc::new(alone)).await;

            let config: tokio_postgres::Config = db.connection_string().parse().unwrap();
            let pool = Pool::builder(Manager::new(config.clone(), NoTls)).max_size(1).build().unwrap();
            let mut pooled = pool.get().await.unwrap();
            works(&pooled).await;
            works(&Cached::new(&pooled)).await;
            assert_eq!(pooled.statement_cache.size(), 2, "the pool keeps them");
            let transaction = pooled.transaction().await.unwrap();
            works(&transaction).await;
            works(&Cached::new(&transaction)).await;
            transaction.commit().await.unwrap();
            drop(pooled);
            works(&Cached::new(pool.get().await.unwrap())).await;

            let manager = PostgresConnectionManager::new(config, NoTls);
            let pool = bb8::Pool::builder().max_size(1).build(manager.clone()).await.unwrap();
            works(&pool.get().await.unwrap()).await;
            let pool = bb8::Pool::builder().max_size(1).build(CachedManager::new(manager)).await.unwrap();
            works(&pool.get().await.unwrap()).await;
            let mut again = pool.get().await.unwrap();
            assert_eq!(again.len(), 2, "the connection keeps them");
            let transaction = again.transaction().await.unwrap();
            works(&transaction).await;
            transaction.commit().await.unwrap();
        });
    }

    fn a_transaction_pooler_may_be_in_between(db: &Database) {
        fill(db);
        // It may give each statement another session of the server.
        let settings = "pool_mode = transaction";
        let Some(bouncer) = Bouncer::start(db.major(), settings) else { return };
        let connection_string = bouncer.connection_string(db.name());
        block_on(async {
            let (one, other) = (connect(&connection_string).await, connect(&connection_string).await);
            for _ in 0..4 {
                for client in [&one, &other] {
                    let names = pgmi_test_bindings::db::FindArtists { pattern: "%", n: 9 };
                    assert_eq!(names.fetch(client).await.unwrap().len(), 2);
                    assert_eq!(RenameAlbum { id: 1, name: "Blue" }.execute(client).await.unwrap(), 1);
                }
            }
        });
    }
}
