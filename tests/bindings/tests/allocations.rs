//! A binding asks for no more memory than what one would write by hand, with a prepared statement.
//!
//! A program of its own, because it counts what its allocator is asked for.
#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests are tests: what they cannot do fails the test"
)]

use std::hint::black_box;

use allocation_counter::measure;
use futures_util::future::join_all;
use pgmi::Cached;
use pgmi::types::Date;
use pgmi_test_bindings::db::{AlbumById, AlbumByIdRow, AlbumsSince, AlbumsSinceRow};
use pgmi_tests::Database;
use tokio::runtime::{Builder, Runtime};
use tokio_postgres::{Client, NoTls, Row, Statement};

const ROWS: i64 = 1000;
const CALLS: u64 = 100;
/// Every album is of it, or later.
const DAY: Date = Date::NEGATIVE_INFINITY;

/// Two connections of the same kind, one for each way.
struct Ground {
    runtime: Runtime,
    by_hand: Client,
    by_id: Statement,
    since: Statement,
    cached: Cached<Client>,
}

#[test]
fn bindings_allocate_no_more_than_code_by_hand() {
    let db = Database::create(pgmi_tests::majors()[4]);
    db.run(include_str!("../db/migrations/001_schema.sql"));
    db.run(&format!(
        "insert into album (id, name) select i, 'number ' || i from generate_series(1, {ROWS}) i"
    ));
    let ground = Ground::new(&db.connection_string());
    let (one_by_hand, one) = (ground.one_by_hand(), ground.one());
    let (owned_by_hand, owned) = (ground.owned_by_hand(), ground.owned());
    let (borrowed_by_hand, borrowed) = (ground.borrowed_by_hand(), ground.borrowed());
    eprintln!(
        "allocations, by hand and by a binding: one row by id {:.2} {:.2}, {ROWS} rows {owned_by_hand} {owned}, \
         {ROWS} borrowed rows {borrowed_by_hand} {borrowed}",
        one_by_hand as f64 / CALLS as f64,
        one as f64 / CALLS as f64,
    );
    assert!(one <= one_by_hand, "one row: {one} and not {one_by_hand}");
    assert!(owned <= owned_by_hand, "owned rows: {owned} and not {owned_by_hand}");
    assert!(borrowed <= borrowed_by_hand, "borrowed rows: {borrowed} and not {borrowed_by_hand}");
}

impl Ground {
    fn new(connection_string: &str) -> Self {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        let connect = || async {
            let (client, connection) =
                tokio_postgres::connect(connection_string, NoTls).await.unwrap();
            tokio::task::spawn(connection);
            client
        };
        let clients = runtime.block_on(join_all([connect(), connect()]));
        let [by_hand, cached]: [Client; 2] = clients.try_into().unwrap_or_else(|_| unreachable!());
        let by_id = "select id, artist, name, released from album where id = $1";
        let since = "select id, artist, name, released from album where released >= $1 order by id";
        let by_id = runtime.block_on(by_hand.prepare(by_id)).unwrap();
        let since = runtime.block_on(by_hand.prepare(since)).unwrap();
        let ground = Self { runtime, by_hand, by_id, since, cached: Cached::new(cached) };
        // Statements are prepared and buffers have their size.
        ground.one();
        ground.one_by_hand();
        ground.owned();
        ground.owned_by_hand();
        ground
    }

    /// The least of some runs: answers that arrive in pieces, on a machine that has more to do, take a buffer more.
    /// Both ways in a box, into which tokio puts futures that are big where nothing is optimised.
    fn count(&self, run: impl AsyncFn()) -> u64 {
        let runs = (0..50).map(|_| measure(|| self.runtime.block_on(Box::pin(run()))).count_total);
        runs.min().unwrap_or_default()
    }

    fn one(&self) -> u64 {
        self.count(async || {
            for id in 0..CALLS {
                let query = AlbumById { id: id.cast_signed() };
                black_box(query.fetch(&self.cached).await.unwrap());
            }
        })
    }

    fn one_by_hand(&self) -> u64 {
        self.count(async || {
            for id in 0..CALLS {
                let id = id.cast_signed();
                let row = self.by_hand.query_opt(&self.by_id, &[&id]).await.unwrap();
                black_box(row.as_ref().map(|row| AlbumByIdRow {
                    id: row.get(0),
                    artist: row.get(1),
                    name: row.get::<_, String>(2),
                    released: row.get(3),
                }));
            }
        })
    }

    fn owned(&self) -> u64 {
        self.count(async || {
            let rows = AlbumsSince { since: DAY }.fetch(&self.cached).await;
            assert_eq!(black_box(rows.unwrap()).len(), ROWS as usize);
        })
    }

    fn owned_by_hand(&self) -> u64 {
        self.count(async || {
            let rows = self.rows().await;
            let rows: Vec<_> = rows.iter().map(row).collect();
            assert_eq!(black_box(rows).len(), ROWS as usize);
        })
    }

    fn borrowed(&self) -> u64 {
        self.count(async || {
            let query = AlbumsSince { since: DAY };
            let rows = query.fetch_ref(&self.cached).await.unwrap();
            let length: usize = rows.iter().map(|row| row.unwrap().name.len()).sum();
            black_box(length);
        })
    }

    fn borrowed_by_hand(&self) -> u64 {
        self.count(async || {
            let rows = self.rows().await;
            let length: usize = rows.iter().map(|row| row.get::<_, &str>(2).len()).sum();
            black_box(length);
        })
    }

    async fn rows(&self) -> Vec<Row> {
        self.by_hand.query(&self.since, &[&DAY]).await.unwrap()
    }
}

fn row(row: &Row) -> AlbumsSinceRow {
    AlbumsSinceRow { id: row.get(0), artist: row.get(1), name: row.get(2), released: row.get(3) }
}
