//! A row by its key, and a thousand rows, through sqlx and diesel-async, each with a statement that stays prepared.
//!
//! Each line of stdin, `one CALLS` or `all CALLS`, is a round: answered is a JSON array with the nanoseconds of processor
//! time a call, of sqlx and of diesel-async. So these take turns with what `pgmi-bench binding` measures itself.

use std::hint::black_box;
use std::io::{BufRead, Write};

use chrono::NaiveDate;
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
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
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let (task, calls) = line.split_once(' ').ok_or("a line is a task and a number")?;
        let calls: u32 = calls.parse()?;
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
        let each = |took: u64| took / u64::from(calls);
        println!("{}", json!([each(middle - begin), each(processor_time() - middle)]));
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
