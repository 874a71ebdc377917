//! Columns of a joined table as one struct.

use pgmi_test_bindings::db::{ListAlbums, ListAlbumsArtist, ListArtistsAlbums, OddGroup};
use pgmi_test_bindings::{Email, Number};
use pgmi_tests::on_every_major;

use super::{block_on, client, fill};

on_every_major! {
    fn a_joined_table_is_there_or_not_as_a_whole(db: &Database) {
        fill(db);
        block_on(async {
            let client = client(db).await;
            let rows = ListAlbums.fetch(&client).await.unwrap();
            let joni = ListAlbumsArtist {
                name: "Joni".to_owned(),
                id: 1,
                email: Some(Email("joni@example.com".to_owned())),
            };
            let artists: Vec<_> = rows.into_iter().map(|it| (it.id, it.artist)).collect();
            assert_eq!(artists, [(1, Some(joni)), (2, None)]);
            let received = ListAlbums.fetch_ref(&client).await.unwrap();
            let rows: Vec<_> = received.iter().map(Result::unwrap).collect();
            assert_eq!(rows[0].artist.as_ref().unwrap().name, "Joni");
            assert!(rows[1].artist.is_none());

            let rows = ListArtistsAlbums.fetch(&client).await.unwrap();
            assert_eq!((rows[0].artist.id, rows[0].album.name.as_str()), (1, "Blue"));

            let odd = OddGroup { id: 1 }.fetch(&client).await.unwrap();
            let group = odd[0].self_.as_ref().unwrap();
            assert_eq!((group.it, &group.none, group.row), (None, &Number(1), 1));
            assert!(OddGroup { id: 2 }.fetch(&client).await.unwrap()[0].self_.is_none());
        });
    }
}
