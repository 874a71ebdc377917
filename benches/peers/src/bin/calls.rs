//! A row by its key, and a thousand rows, through sqlx, diesel-async and what cornucopia has made of
//! `queries/album.sql`, each with a statement that stays prepared.
//!
//! Each line of stdin, `one CALLS`, `all CALLS` or `borrowed CALLS`, is a round: answered is a JSON array with the
//! nanoseconds of processor time a call, of each of them; for rows that borrow of cornucopia alone. So these take turns
//! with what `pgmi-bench binding` measures itself.

use std::hint::black_box;
use std::io::{BufRead, Write};

use chrono::NaiveDate;
use cornucopia::queries::album::{
    AlbumById, AlbumByIdStmt, AlbumsSince, AlbumsSinceStmt, album_by_id, albums_since,
};
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use futures::TryStreamExt;
use rustix::time::{ClockId, clock_gettime};
use serde_json::json;
use sqlx::Connection;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

diesel::table! {
    album (id) {
        id -> Int8,
        artist -> Nullable<Int8>,
        name -> Text,
        released -> Date,
    }
}

#[derive(sqlx::FromRow, diesel::Queryable)]
#[expect(dead_code, reason = "rows are read, and looked at by nobody")]
struct Album {
    id: i64,
    artist: Option<i64>,
    name: String,
    released: NaiveDate,
}

const BY_ID: &str = "select id, artist, name, released from album where id = $1";
const SINCE: &str = "select id, artist, name, released from album where released >= $1 order by id";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let url = std::env::args().nth(1).ok_or("no URL")?;
    let mut sqlx = sqlx::PgConnection::connect(&url).await?;
    let mut diesel = AsyncPgConnection::establish(&url).await?;
    let cornucopia = Cornucopia::connect(&url).await?;
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let (task, calls) = line.split_once(' ').ok_or("a line is a task and a number")?;
        let calls: u32 = calls.parse()?;
        let mut took = Vec::new();
        if task != "borrowed" {
            let begin = processor_time();
            for _ in 0..calls {
                match task {
                    "one" => _ = black_box(sqlx_by_id(&mut sqlx).await?),
                    _ => _ = black_box(sqlx_since(&mut sqlx).await?),
                }
            }
            let middle = processor_time();
            for _ in 0..calls {
                match task {
                    "one" => _ = black_box(diesel_by_id(&mut diesel).await?),
                    _ => _ = black_box(diesel_since(&mut diesel).await?),
                }
            }
            took.extend([middle - begin, processor_time() - middle]);
        }
        let begin = processor_time();
        for _ in 0..calls {
            match task {
                "one" => _ = black_box(cornucopia.by_id().await?),
                "borrowed" => _ = black_box(cornucopia.lengths().await?),
                _ => _ = black_box(cornucopia.since().await?),
            }
        }
        took.push(processor_time() - begin);
        let each: Vec<u64> = took.into_iter().map(|it| it / u64::from(calls)).collect();
        println!("{}", json!(each));
        std::io::stdout().flush()?;
    }
    Ok(())
}

async fn sqlx_by_id(client: &mut sqlx::PgConnection) -> Result<Option<Album>> {
    Ok(sqlx::query_as(BY_ID).bind(7_i64).fetch_optional(client).await?)
}

async fn sqlx_since(client: &mut sqlx::PgConnection) -> Result<Vec<Album>> {
    let rows: Vec<Album> = sqlx::query_as(SINCE).bind(day()).fetch_all(client).await?;
    Ok(rows)
}

async fn diesel_by_id(client: &mut AsyncPgConnection) -> Result<Option<Album>> {
    Ok(album::table.filter(album::id.eq(7)).first::<Album>(client).await.optional()?)
}

async fn diesel_since(client: &mut AsyncPgConnection) -> Result<Vec<Album>> {
    let since = album::table.filter(album::released.ge(day())).order(album::id);
    Ok(since.load::<Album>(client).await?)
}

/// What cornucopia has made, with statements that are prepared.
struct Cornucopia {
    client: tokio_postgres::Client,
    by_id: AlbumByIdStmt,
    since: AlbumsSinceStmt,
}

impl Cornucopia {
    async fn connect(url: &str) -> Result<Self> {
        let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await?;
        tokio::spawn(connection);
        let by_id = album_by_id().prepare(&client).await?;
        let since = albums_since().prepare(&client).await?;
        Ok(Self { client, by_id, since })
    }

    async fn by_id(&self) -> Result<Option<AlbumById>> {
        Ok(self.by_id.bind(&self.client, &7).opt().await?)
    }

    async fn since(&self) -> Result<Vec<AlbumsSince>> {
        Ok(self.since.bind(&self.client, &day()).all().await?)
    }

    async fn lengths(&self) -> Result<usize> {
        let day = day();
        let rows = self.since.bind(&self.client, &day).map(|row| row.name.len());
        let lengths = rows.iter().await?.try_fold(0, |sum, it| async move { Ok(sum + it) });
        Ok(lengths.await?)
    }
}

/// Before every album.
fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(1900, 1, 1).unwrap_or_default()
}

/// Of this thread, on which the connections are driven as well; in nanoseconds.
fn processor_time() -> u64 {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    let part = |it: i64| u64::try_from(it).unwrap_or_default();
    part(time.tv_sec) * 1_000_000_000 + part(time.tv_nsec)
}
