//! Tasks that run queries: their futures are `Send`, though queries borrow their parameters and clients are borrowed.

use std::sync::Arc;

use futures_util::TryStreamExt;
use pgmi::{Cached, Client, Retry};
use pgmi_test_bindings::db::{AlbumsSince, FindArtists, InsertArtist, RenameAlbum};
use pgmi_tests::Database;

use super::{block_on, client, fill};

/// Everything a query can do, with parameters that live no longer than this.
async fn everything(client: impl Client + Send) -> pgmi::Result<usize> {
    let name = String::from("A%");
    let query = FindArtists { pattern: &name, n: 3 };
    let mut rows = query.fetch(&client).await?.len() + query.fetch_ref(&client).await?.len();
    rows += query.stream(&client).await?.try_collect::<Vec<_>>().await?.len();
    let renaming = RenameAlbum { name: &name, id: 1 };
    renaming.execute(&client).await?;
    let both = (renaming, AlbumsSince { since: pgmi::types::Date::NEGATIVE_INFINITY });
    rows += pgmi::pipeline(both, &client).await?.1.len();
    let artists = [InsertArtist { id: 71, name: &name, email: None, born: None }];
    InsertArtist::insert_many(&artists, &client).await?;
    InsertArtist::copy_in([InsertArtist { id: 72, ..artists[0] }], &client).await?;
    Ok(rows)
}

async fn again(client: Arc<Cached<tokio_postgres::Client>>) -> pgmi::Result<u64> {
    let name = String::from("A");
    Retry::times(1).fetch(&RenameAlbum { name: &name, id: 1 }, &*client).await
}

#[test]
fn queries_run_in_tasks_of_their_own() {
    let db = Database::create(18);
    fill(&db);
    block_on(async {
        let plain = Arc::new(client(&db).await);
        let rows = tokio::task::spawn(everything(Arc::clone(&plain))).await.unwrap().unwrap();
        assert!(rows > 0);
        drop(plain);
        let mut cached = Cached::new(client(&db).await);
        let inside: std::pin::Pin<Box<dyn Future<Output = _> + Send>> = Box::pin(async move {
            let transaction = cached.transaction().await.unwrap();
            transaction.execute("delete from artist where id in (71, 72)", &[]).await.unwrap();
            let rows = everything(&transaction).await.unwrap();
            transaction.rollback().await.unwrap();
            (rows, cached)
        });
        let (again_rows, cached) = tokio::task::spawn(inside).await.unwrap();
        assert_eq!(again_rows, rows);
        assert_eq!(tokio::task::spawn(again(Arc::new(cached))).await.unwrap().unwrap(), 1);
    });
}
