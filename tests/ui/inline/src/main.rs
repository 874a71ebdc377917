//! Every way to write a query in Rust, against a real server.

mod nested;

use futures_util::TryStreamExt;
use inline::db::types::Format;
use pgmi::{query, query as sql};

macro_rules! number_of {
    (artists, $client:expr) => {
        query!("select count(*) as number from artist").fetch($client)
    };
}

macro_rules! same {
    ($($argument:tt)*) => {
        $($argument)*
    };
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(run(&std::env::args().nth(1).unwrap()))
}

async fn run(connection: &str) -> Result<(), Box<dyn std::error::Error>> {
    let (mut client, connection) =
        tokio_postgres::connect(connection, tokio_postgres::NoTls).await?;
    tokio::task::spawn(connection);

    // By name, in any order; text as `&str`, `String` or what is made on the way.
    let (id, name) = (1, String::from("Joni"));
    let insert = "no query";
    assert_eq!(insert.len(), 8);
    query!("insert into artist (id, name) values ($id, $name)", name, id).execute(&client).await?;
    println!("{name} is still there");
    let inserted = pgmi::query!("insert into artist values ($id, $name)", name = format!("{name} {}", 2), id = id + 1)
        .execute(&client)
        .await?;
    println!("{inserted} inserted");
    let again = pgmi::query!("insert into artist (id, name) values ($id, $name)", id = 1, name = "x");
    println!("{}", again.execute(&client).await.unwrap_err());

    // Where NULL means something: a value, an Option, None.
    let transaction = client.transaction().await?;
    let note: Option<String> = Some("first".to_owned());
    for (id, released, note) in [(7, Some(1971), note.clone()), (8, None, None)] {
        let row = pgmi::query!(
            r#"
            insert into album (id, artist, name, released, note, format, cover, tags)
            values ($id, 1, $name, $released, $note, $format, $cover, $tags)
            returning id, name, note, format
            "#,
            id,
            name = &*format!("\"Blue\" {id}"),
            released,
            note,
            format = Format::Vinyl,
            cover = vec![0, 255],
            tags = &[Some("folk")],
        )
        .fetch(&transaction)
        .await?;
        println!("{row:?}");
    }
    transaction.commit().await?;
    let changed = sql!(
        "update album set note = $note, released = $released, cover = $cover where id = $id",
        note = None,
        released = None,
        cover = None,
        id = 8
    );
    println!("{} changed", changed.execute(&client).await?);
    sql!("update album set note = $note, released = $released where id = $id", note = "n", released = 1999, id = 8)
        .execute(&client)
        .await?;

    // One value for a parameter that is mentioned twice.
    let since = 1970;
    let rows = query!(
        "select id, name, released, note from album where released > $since or $since = 0 order by id",
        since,
    )
    .fetch(&client)
    .await?;
    println!("{rows:?}");
    let row = query!("select name, note from album where id = $id", id = 9).fetch(&client).await?;
    println!("{:?}", row.is_none());

    // By number, as PostgreSQL itself does.
    let text = query!("select name from album where id = $1 and format = $2", 7, Format::Vinyl);
    println!("{:?}", text.fetch_ref(&client).await?.unwrap().get()?.name);

    // In the arguments of other macros, in a module, in a file of its own.
    let (artists, albums) = futures_util::future::try_join(
        query!("select count(*) as number from artist").fetch(&client),
        query!("select count(*) as number from album").fetch(&client),
    )
    .await?;
    println!("{} {}", artists.number, albums.number);
    println!("{:?}", same!(query!("select 1 as one").fetch(&client)).await?.one);
    assert_eq!(query!("select 2 as two").fetch(&client).await?.two, 2);
    let numbers = vec![query!("select 3 as three").fetch(&client).await?.three, 4];
    println!("{numbers:?} {}", query!("select 4 as four").fetch(&client).await?.four);
    println!("{}", number_of!(artists, &client).await?.number);
    // Those of tokio keep a future longer than what has no name.
    let album = 7;
    let (artists, names) = tokio::join!(
        number_of!(artists, &client),
        query!("select name from album where id = $album", album).fetch(&client),
    );
    println!("{} {:?}", artists?.number, names?.map(|it| it.name));
    let (rows, changed) = tokio::try_join!(
        query!("select name, note from album where id >= $album order by id", album).fetch_ref(&client),
        query!("update album set name = $name where id = $id", id = 7, name).execute(&client),
    )?;
    println!("{} {changed}", rows.len());
    tokio::select! {
        one = query!("select 1 as one").fetch(&client) => println!("{}", one?.one),
    }
    println!("{} {}", nested::deeper::names(&client).await?, inline::artists(&client).await?);
    let totals = pgmi::query_file!("reports/totals.sql", first = 1);
    let totals: Vec<_> = totals.stream(&client).await?.try_collect().await?;
    println!("{} {:?}", totals[0].name, totals[0].albums);

    let broken = query!("select 1 / $divisor::int4 as ratio", divisor = 0).fetch(&client).await;
    println!("{}", broken.unwrap_err());
    Ok(())
}
