//! The same without async.

use pgmi::Cached;
use pgmi_test_bindings::db::{self, InsertArtist, RenameAlbum, SelectAlbum, types::Format};
use pgmi_tests::on_every_major;

use super::fill;

fn works(client: &mut impl pgmi::blocking::Client) {
    let album = SelectAlbum { id: 1 }.fetch_blocking(client).unwrap().unwrap();
    assert_eq!((album.name.as_str(), album.format), ("Blue", Format::Vinyl));
    assert_eq!(RenameAlbum { id: 1, name: "Blue" }.execute_blocking(client).unwrap(), 1);
    assert!(SelectAlbum { id: 9 }.fetch_blocking(client).unwrap().is_none());
    assert_eq!(db::ListAlbums.fetch_blocking(client).unwrap().len(), 2);
    assert_eq!(db::Type.fetch_blocking(client).unwrap().r#type, 1);
}

on_every_major! {
    fn bindings_run_on_blocking_clients(db: &Database) {
        fill(db);
        let mut client = db.client();
        works(&mut client);
        works(&mut &mut client);
        let mut transaction = client.transaction().unwrap();
        works(&mut transaction);
        works(&mut Cached::new(&mut transaction));
        transaction.commit().unwrap();

        let rows = [InsertArtist { id: 3, name: "Sandy", email: None, born: None }];
        assert_eq!(InsertArtist::insert_many_blocking(&rows, &mut client).unwrap(), 1);
        let error = db::OneArtist.fetch_blocking(&mut client).unwrap_err();
        assert!(error.is_many_rows());

        let mut client = Cached::new(client);
        works(&mut client);
        works(&mut client);
        client.batch_execute("alter table album alter name type varchar(99)").unwrap();
        works(&mut client);
        client.batch_execute("alter table album alter id type int4").unwrap();
        let error = SelectAlbum { id: 1 }.fetch_blocking(&mut client).unwrap_err();
        assert!(error.is_drift(), "{error:?}");
    }
}
