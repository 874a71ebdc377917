//! Each test has a database of its own, in which the project is deployed.

use music::db;
use pgmi::TestDatabase;

#[pgmi::test]
async fn an_album_is_rated(db: TestDatabase) -> pgmi::Result<()> {
    let id = 1;
    assert_eq!(db::RateAlbum { id, rating: Some(4) }.execute(&*db).await?, 1);
    let album = db::SelectAlbum { id }.fetch(&*db).await?.expect("it is in the collection");
    assert_eq!(album.rating, Some(4));
    Ok(())
}

#[pgmi::test]
async fn nobody_rates_with_six_stars(db: TestDatabase) {
    assert!(db::RateAlbum { id: 1, rating: Some(6) }.execute(&*db).await.is_err());
}
