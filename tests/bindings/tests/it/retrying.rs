//! Idempotent statements that are tried again.

use std::time::Duration;

use bb8_postgres::PostgresConnectionManager;
use deadpool_postgres::{Manager, Pool};
use pgmi::{Retry, Source};
use pgmi_test_bindings::db::{FindArtists, RenameAlbum};
use pgmi_tests::{Database, on_every_major};
use tokio_postgres::NoTls;

use super::{block_on, client, connect, fill};

/// The next three times that an album is renamed, the transaction fails as if another had been in its way.
const FAILING: &str = "
    create sequence attempts;
    create function fail() returns trigger language plpgsql as $$
    begin
        if nextval('attempts') <= 3 then
            raise exception 'in the way' using errcode = 'serialization_failure';
        end if;
        return new;
    end $$;
    create trigger fail before update on album for each row execute function fail();";

const RENAME: RenameAlbum<'_> = RenameAlbum { id: 1, name: "Blue" };

async fn attempts(db: &Database) -> i64 {
    client(db).await.query_one("select last_value from attempts", &[]).await.unwrap().get(0)
}

/// Ends the session of a source's client behind its back, and tries again.
async fn survives(db: &Database, source: &impl Source) {
    let retry = Retry::times(5).waiting(Duration::from_millis(1), Duration::from_millis(20));
    let artists = FindArtists { pattern: "%", n: 2 };
    assert_eq!(retry.fetch(&artists, source).await.unwrap().len(), 1);
    let end = "select count(pg_terminate_backend(pid)) from pg_stat_activity
               where datname = current_database() and pid <> pg_backend_pid()";
    client(db).await.query_one(end, &[]).await.unwrap();
    assert_eq!(retry.fetch(&artists, source).await.unwrap().len(), 1);
}

on_every_major! {
    fn what_was_given_up_for_others_is_tried_again(db: &Database) {
        fill(db);
        db.run(FAILING);
        block_on(async {
            let alone = client(db).await;
            let retry = Retry::times(2).waiting(Duration::ZERO, Duration::ZERO);
            let error = retry.fetch(&RENAME, &alone).await.unwrap_err();
            assert!(error.is_transient() && error.query() == "rename_album", "{error:?}");
            assert_eq!(attempts(db).await, 3, "it is bounded");
            assert_eq!(retry.fetch(&RENAME, &alone).await.unwrap(), 1);
            assert_eq!(attempts(db).await, 4);
            alone.batch_execute("alter sequence attempts restart").await.unwrap();
            assert_eq!(Retry::times(3).fetch(&RENAME, &alone).await.unwrap(), 1);
            // What would fail again is not.
            alone.batch_execute("alter table album add check (name <> 'x')").await.unwrap();
            let refused = Retry::times(9).fetch(&RenameAlbum { name: "x", ..RENAME }, &alone).await.unwrap_err();
            assert!(refused.constraint().is_some());
            assert_eq!(attempts(db).await, 5);
        });
    }

    fn a_lost_connection_is_replaced(db: &Database) {
        fill(db);
        block_on(async {
            let config: tokio_postgres::Config = db.connection_string().parse().unwrap();
            let pool = Pool::builder(Manager::new(config.clone(), NoTls)).max_size(2).build().unwrap();
            survives(db, &pool).await;
            let manager = PostgresConnectionManager::new(config, NoTls);
            survives(db, &bb8::Pool::builder().max_size(2).build(manager).await.unwrap()).await;
            let connection_string = db.connection_string();
            survives(db, &|| async { Ok::<_, tokio_postgres::Error>(connect(&connection_string).await) }).await;
        });
    }
}
