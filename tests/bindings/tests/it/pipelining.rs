//! Independent statements in one flight.

use futures_util::future::try_join;
use pgmi::Cached;
use pgmi_test_bindings::db::{self, FindArtists, RenameAlbum, SelectAlbum};
use pgmi_tests::{Relay, on_every_major, socket_of};

use super::{block_on, client, connect, fill};

on_every_major! {
    fn statements_are_sent_before_the_first_answer(db: &Database) {
        fill(db);
        let relay = Relay::to(&socket_of(&db.connection_string()));
        let connection_string =
            format!("host=127.0.0.1 port={} user=postgres dbname={} sslmode=disable", relay.port(), db.name());
        block_on(async {
            let client = connect(&connection_string).await;
            let three = || (FindArtists { pattern: "%", n: 2 }, RenameAlbum { id: 1, name: "Blue" }, db::Type);
            // No answer comes through before all three are there: were one waited for, this would never end.
            relay.hold_answers_until(3);
            let (artists, renamed, one) = pgmi::pipeline(three(), &client).await.unwrap();
            assert_eq!((artists.len(), renamed, one.r#type), (1, 1, 1));
            relay.hold_answers_until(2);
            let (artists, rename, _) = three();
            let (one, other) = try_join(artists.fetch(&client), rename.execute(&client)).await.unwrap();
            assert_eq!((one.len(), other), (1, 1));

            let client = Cached::new(client);
            pgmi::pipeline(three(), &client).await.unwrap();
            relay.hold_answers_until(3);
            pgmi::pipeline(three(), &client).await.unwrap();
        });
    }

    fn the_first_error_is_given(db: &Database) {
        fill(db);
        block_on(async {
            let client = client(db).await;
            let one = pgmi::pipeline((SelectAlbum { id: 1 }, db::OneArtist), &client).await.unwrap_err();
            assert_eq!(one.query(), "one_artist");
        });
    }
}
