//! A row by its key, and a thousand rows, through sqlx and diesel-async, each with a statement that stays prepared.
//!
//! What is written is one JSON object: for each of them, of each task, nanoseconds of processor time a call, round by
//! round, as `pgmi-bench binding` measures them.

use std::hint::black_box;

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
    let mut arguments = std::env::args().skip(1);
    let url = arguments.next().ok_or("no URL")?;
    let mut number = || -> Result<usize> { Ok(arguments.next().ok_or("no number")?.parse()?) };
    let (calls, rounds) = (number()?, number()?);
    let many = calls.div_ceil(50);
    let mut sqlx = sqlx::PgConnection::connect(&url).await?;
    let mut diesel = AsyncPgConnection::establish(&url).await?;
    let mut took = [const { Vec::new() }; 4];
    // The first round warms up and is not counted.
    for round in 0..=rounds {
        let begin = processor_time();
        for _ in 0..calls {
            black_box(sqlx_by_id(&mut sqlx).await?);
        }
        let sqlx_one = (processor_time() - begin) / calls as i128;
        let begin = processor_time();
        for _ in 0..calls {
            black_box(diesel_by_id(&mut diesel).await?);
        }
        let diesel_one = (processor_time() - begin) / calls as i128;
        let begin = processor_time();
        for _ in 0..many {
            black_box(sqlx_since(&mut sqlx).await?);
        }
        let sqlx_all = (processor_time() - begin) / many as i128;
        let begin = processor_time();
        for _ in 0..many {
            black_box(diesel_since(&mut diesel).await?);
        }
        let diesel_all = (processor_time() - begin) / many as i128;
        if round > 0 {
            for (took, it) in took.iter_mut().zip([sqlx_one, sqlx_all, diesel_one, diesel_all]) {
                took.push(i64::try_from(it)?);
            }
        }
    }
    let [sqlx_one, sqlx_all, diesel_one, diesel_all] = took;
    println!("{}", json!({ "sqlx": [sqlx_one, sqlx_all], "diesel-async": [diesel_one, diesel_all] }));
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
fn processor_time() -> i128 {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    i128::from(time.tv_sec) * 1_000_000_000 + i128::from(time.tv_nsec)
}
