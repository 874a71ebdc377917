//! Every kind of binding, against a real server.

use futures_util::{StreamExt, TryStreamExt, future::try_join};

mod db {
    pgmi::include_queries!();
}

use db::types::{Disc, Format};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(run(&std::env::args().nth(1).unwrap()))
}

async fn run(connection: &str) -> Result<(), Box<dyn std::error::Error>> {
    let (mut client, connection) =
        tokio_postgres::connect(connection, tokio_postgres::NoTls).await?;
    tokio::task::spawn(connection);

    let artist = db::InsertArtist { id: 1, name: "Joni", email: Some("joni@example.com") };
    println!("{} inserted", artist.execute(&client).await?);
    let again = artist.execute(&client).await.unwrap_err();
    println!("{again}\n{:?}", again.constraint());

    let transaction = client.transaction().await?;
    let discs = [Some(Disc {
        title: Some("A".to_owned()),
        minutes: Some(35.5),
        format: Some(Format::Self_),
    })];
    let album = db::InsertAlbum {
        id: 7,
        artist: 1,
        name: "Blue",
        format: Format::Vinyl,
        cover: Some(b"\x00\xff"),
        tags: &[Some("folk"), Some("1971")],
        discs: Some(&discs),
    };
    println!("{:?}", album.fetch(&transaction).await?);
    transaction.commit().await?;

    println!("{:?}", db::SelectAlbumById { id: 7 }.fetch(&client).await?);
    println!("{:?}", db::SelectAlbumById { id: 8 }.fetch(&client).await?);
    let received = db::SelectAlbumById { id: 7 }.fetch_ref(&client).await?.unwrap();
    let album: db::SelectAlbumByIdRef<'_> = received.get()?;
    println!("{album:?}");

    println!("{:?}", db::ListAlbums.fetch(&client).await?);
    let rows = db::ListAlbums.fetch_ref(&client).await?;
    println!("{:?}", rows.iter().collect::<Result<Vec<_>, _>>()?);
    let streamed: Vec<_> = db::ListAlbums.stream(&client).await?.try_collect().await?;
    println!("{} streamed", streamed.len());
    let mut stream = db::ListAlbums.stream(&client).await?;
    println!("{}", stream.next().await.unwrap()?.name);

    let count = db::CountAlbums { formats: &[Format::Vinyl, Format::DVDAudio] };
    let (one, other) = try_join(count.fetch(&client), count.fetch(&client)).await?;
    println!("{one:?} {}", one == other);

    client.batch_execute("alter table album alter name type varchar(9)").await?;
    println!("{:?}", db::SelectAlbumById { id: 7 }.fetch(&client).await?.is_some());
    client.batch_execute("alter table album alter id type int4").await?;
    println!("{}", db::SelectAlbumById { id: 7 }.fetch(&client).await.unwrap_err());
    Ok(())
}
