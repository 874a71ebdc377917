//! A look at the collection, with typed queries.

use std::fmt::Write;

use super::db::{self, types::Format};

/// What is in the collection, and what somebody thinks of one album, as text.
///
/// # Errors
/// What PostgreSQL says.
pub async fn look(client: &impl pgmi::Client) -> pgmi::Result<String> {
    let mut text = String::new();
    // Names are unique, so there is one artist or none: an Option.
    let Some(artist) = (db::ArtistNamed { name: "Joni Mitchell" }).fetch(client).await? else {
        return Ok("no such artist\n".to_owned());
    };
    // Many rows: a Vec.
    for album in (db::AlbumsOfArtist { artist: artist.id }).fetch(client).await? {
        let _ = writeln!(text, "{} {}", album.released, album.name);
        db::RateAlbum { id: album.id, rating: Some(5) }.execute(client).await?;
    }
    // One row is inserted, and one comes back. An album may have no artist, so that is an Option, and the enum of
    // the database is one of Rust.
    let (name, released) = ("Blue Notes", pgmi::types::Date::from_days(0)); // 2000-01-01
    let added = db::AddAlbum { artist: None, name, released, format: Format::Cd };
    let id = added.fetch(client).await?.id;
    // Joined from the outside: the artist as a whole is an Option.
    if let Some(album) = (db::SelectAlbum { id }).fetch(client).await? {
        let artist = album.artist.map_or_else(|| "various artists".to_owned(), |it| it.name);
        let _ = writeln!(text, "{} by {artist}, {:?}", album.name, album.format);
    }
    for count in db::CountByFormat.fetch(client).await? {
        let _ = writeln!(text, "{} of {:?}", count.albums, count.format);
    }
    Ok(text)
}
