//! Prepared statements: kept, bounded, verified, and prepared anew when the schema has changed.

use pgmi::Cached;
use pgmi_test_bindings::db::{self, FindArtists, ListAlbums, RenameAlbum, SelectAlbum};
use pgmi_tests::{Relay, on_every_major, socket_of};

use super::{block_on, client, connect, fill};

on_every_major! {
    fn a_statement_is_prepared_once_and_the_least_used_is_closed(db: &Database) {
        fill(db);
        block_on(async {
            let client = Cached::with_capacity(client(db).await, 2);
            let prepared = "select count(*) from pg_prepared_statements where statement not like '%pg_catalog%'";
            let count = async || -> i64 { client.query_one(prepared, &[]).await.unwrap().get(0) };
            let artists = FindArtists { pattern: "%", n: 2 };
            for _ in 0..3 {
                artists.fetch(&client).await.unwrap();
                RenameAlbum { id: 1, name: "Blue" }.execute(&client).await.unwrap();
                artists.fetch(&client).await.unwrap();
            }
            assert_eq!((client.len(), count().await), (2, 2));
            db::CountAlbums { formats: &[] }.fetch(&client).await.unwrap();
            assert_eq!((client.len(), count().await), (2, 2));
            client.clear();
            assert_eq!((client.len(), count().await), (0, 0));
        });
    }

    fn one_round_trip_with_or_without(db: &Database) {
        fill(db);
        let relay = Relay::to(&socket_of(&db.connection_string()));
        let connection_string =
            format!("host=127.0.0.1 port={} user=postgres dbname={} sslmode=disable", relay.port(), db.name());
        block_on(async {
            let client = connect(&connection_string).await;
            let artists = FindArtists { pattern: "%", n: 2 };
            let before = relay.ready_count();
            artists.fetch(&client).await.unwrap();
            artists.fetch_ref(&client).await.unwrap();
            assert_eq!(relay.ready_count() - before, 2, "nothing is asked first");
            let client = Cached::new(client);
            artists.fetch(&client).await.unwrap();
            let before = relay.ready_count();
            artists.fetch(&client).await.unwrap();
            assert_eq!(relay.ready_count() - before, 1);
        });
    }

    fn a_plan_that_changed_is_made_anew(db: &Database) {
        fill(db);
        block_on(async {
            let mut client = Cached::new(client(db).await);
            let artists = FindArtists { pattern: "%", n: 2 };
            artists.fetch(&client).await.unwrap();
            SelectAlbum { id: 1 }.fetch(&client).await.unwrap();
            // Still what the binding reads: text.
            client.batch_execute("alter table artist alter name type varchar(99)").await.unwrap();
            assert_eq!(artists.fetch(&client).await.unwrap().len(), 1);
            client.batch_execute("discard all").await.unwrap();
            assert_eq!(artists.fetch(&client).await.unwrap().len(), 1);

            // In a transaction the first statement that is refused takes the rest with it.
            client.batch_execute("alter table artist alter name type text").await.unwrap();
            let transaction = client.transaction().await.unwrap();
            let error = artists.fetch(&transaction).await.unwrap_err();
            assert!(error.is_drift(), "{error:?}");
            assert!(error.to_string().contains("run the transaction again"), "{error}");
            transaction.rollback().await.unwrap();
            assert_eq!(artists.fetch(&client).await.unwrap().len(), 1);

            // Not what the binding reads any more.
            client.batch_execute("alter table album alter id type int4").await.unwrap();
            let error = SelectAlbum { id: 1 }.fetch(&client).await.unwrap_err();
            assert!(error.is_drift() && error.to_string().contains("column 1 was `id int8` and is now `id int4`"), "{error}");
        });
    }

    fn drift_is_an_error_and_never_another_value(db: &Database) {
        for change in [
            "alter table artist rename name to nom; alter table artist rename email to name",
            "alter table artist drop name",
            "alter table artist alter name type bytea using name::bytea",
        ] {
            db.run("drop schema if exists public, \"Sales Dept\" cascade; create schema public");
            fill(db);
            block_on(async {
                let plain = client(db).await;
                let cached = Cached::new(client(db).await);
                plain.batch_execute(change).await.unwrap();
                for error in [
                    ListAlbums.fetch(&plain).await.map(drop).unwrap_err(),
                    ListAlbums.fetch_ref(&plain).await.map(drop).unwrap_err(),
                    ListAlbums.fetch(&cached).await.map(drop).unwrap_err(),
                ] {
                    assert!(error.is_drift(), "{change}: {error:?}");
                    assert!(error.to_string().starts_with("query `list_albums`: "), "{error}");
                    assert!(error.to_string().contains("\nnext: "), "{error}");
                }
            });
        }
    }
}
