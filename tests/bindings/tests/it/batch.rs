//! Many rows at once.

use pgmi::Cached;
use pgmi_test_bindings::Email;
use pgmi_test_bindings::db::types::{Disc, Format};
use pgmi_test_bindings::db::{AddAlbum, InsertAlbum, InsertArtist};
use pgmi_tests::on_every_major;

use super::{block_on, client, migrate};

fn artists<'a>(names: &'a [String], email: &'a Email) -> Vec<InsertArtist<'a>> {
    let artist = |(id, name): (i64, &'a String)| InsertArtist {
        id,
        name,
        email: (id % 2 == 0).then_some(email),
        born: None,
    };
    (1..).zip(names).map(artist).collect()
}

fn names(count: usize) -> Vec<String> {
    (0..count).map(|number| format!("it's \"{number}\"")).collect()
}

fn email() -> Email {
    Email("someone@example.com".to_owned())
}

on_every_major! {
    fn many_rows_are_one_statement(db: &Database) {
        migrate(db);
        block_on(async {
            let client = client(db).await;
            let names = names(1000);
            let email = email();
            let rows = artists(&names, &email);
            assert_eq!(InsertArtist::insert_many(&rows, &client).await.unwrap(), 1000);
            assert_eq!(InsertArtist::insert_many(&[], &client).await.unwrap(), 0);
            let query = "select count(*), count(email), min(name) from artist";
            let row = client.query_one(query, &[]).await.unwrap();
            assert_eq!((row.get(0), row.get(1)), (1000_i64, 500_i64));
            assert_eq!(row.get::<_, &str>(2), "it's \"0\"");

            let again = InsertArtist::insert_many(&rows[..2], &client).await.unwrap_err();
            assert_eq!((again.query(), again.constraint()), ("insert_artist", Some("artist_pkey")));
            let nobody = Email("nobody".to_owned());
            let wrong = InsertArtist { email: Some(&nobody), ..rows[0] };
            let refused = InsertArtist::insert_many(&[wrong], &client).await.unwrap_err();
            assert_eq!(refused.constraint(), Some("email_check"));
        });
    }

    fn what_is_returned_comes_in_order(db: &Database) {
        migrate(db);
        block_on(async {
            let client = Cached::new(client(db).await);
            let row = |(name, format)| AddAlbum { name, artist: None, format };
            let rows: Vec<_> = [(" a ", Format::Vinyl), ("b", Format::Größe), ("c", Format::DVDAudio)].map(row).into();
            for _ in 0..2 {
                let added = AddAlbum::insert_many(&rows, &client).await.unwrap();
                let added: Vec<_> = added.iter().map(|it| (it.name.as_str(), it.format)).collect();
                assert_eq!(added, [("a", Format::Vinyl), ("b", Format::Größe), ("c", Format::DVDAudio)]);
            }
        });
    }

    fn copy_takes_an_iterator(db: &Database) {
        migrate(db);
        block_on(async {
            let mut client = client(db).await;
            let names = names(3000);
            let count = InsertArtist::copy_in(artists(&names, &email()), &client).await.unwrap();
            assert_eq!(count, 3000);
            let transaction = client.transaction().await.unwrap();
            let again = InsertArtist::copy_in(artists(&names, &email()), &transaction).await.unwrap_err();
            assert_eq!(again.constraint(), Some("artist_pkey"));
            transaction.rollback().await.unwrap();
            assert_eq!(InsertArtist::copy_in(artists(&[], &email()), &client).await.unwrap(), 0);
            let row = client.query_one("select count(*), count(email) from artist", &[]).await.unwrap();
            assert_eq!((row.get(0), row.get(1)), (3000_i64, 1500_i64));
        });
    }

    fn a_row_with_arrays_and_composites_goes_alone(db: &Database) {
        migrate(db);
        block_on(async {
            let client = client(db).await;
            let discs = [Some(Disc {
                title: Some("A".to_owned()),
                minutes: Some(35.5),
                format: Some(Format::Self_),
                track_count: None,
            })];
            let album = InsertAlbum {
                id: 7,
                artist: None,
                name: "Blue",
                format: Format::Unnamed,
                cover: Some(b"\x00\xff"),
                tags: &[Some("folk"), None],
                discs: Some(&discs),
                price: None,
                stars: Some(pgmi_test_bindings::db::types::Stars(5)),
            };
            let inserted = album.fetch(&client).await.unwrap();
            assert_eq!((inserted.id, inserted.format), (7, Format::Unnamed));
        });
    }
}
