//! Calls of bindings beside what one would write by hand with a prepared statement, and beside sqlx and diesel-async.
//! The ways take turns, on connections of their own, the other libraries in a process of theirs behind them; what is
//! compared is the processor time of the client: the server's part is the same.

use std::hint::black_box;
use std::process::Command;
use std::time::Duration;

use pgmi::types::Date;
use pgmi::{Cached, Client};
use pgmi_engine::cluster::{Cluster, Settings};
use pgmi_test_bindings::db::{
    AlbumById, AlbumByIdRow, AlbumsSince, AlbumsSinceRef, AlbumsSinceRow,
};
use rustix::time::{ClockId, clock_gettime};
use tokio::runtime::{Builder, Runtime};
use tokio_postgres::{NoTls, Row, Statement};

use crate::measure::{Series, compared};
use crate::program::binaries;
use crate::{Numbers, Result, peers};

const SCHEMA: &str = include_str!("../../tests/bindings/db/migrations/001_schema.sql");
const ROWS: i64 = 1000;
/// Before every album.
const DAY: Date = Date::NEGATIVE_INFINITY;
const WAYS: [&str; 3] = ["by hand, prepared", "binding, `Cached`", "binding, not prepared"];

pub(crate) fn run(numbers: &Numbers) -> Result<()> {
    let (calls, rounds) = (numbers.get(0, 500), numbers.get(1, 21));
    let binaries = binaries(numbers.major()?)?;
    let cluster = Cluster::start(&binaries, &Settings::new(std::env::temp_dir()))
        .map_err(|error| error.to_string())?;
    let ground = Ground::new(&cluster.connection_string("postgres"))?;
    println!(
        "PostgreSQL {}, {calls} calls a round, {rounds} rounds; processor time of the client for a call\n",
        binaries.version
    );
    let many = calls.div_ceil(50);
    let mut one = ground.compare(calls, rounds, Ground::one)?;
    let mut owned = ground.compare(many, rounds, Ground::owned)?;
    let borrowed = ground.compare(many, rounds, Ground::borrowed)?;
    let others = others(&cluster, calls, rounds);
    for [by_id, all] in others.as_deref().unwrap_or_default().iter().cloned() {
        one.push(by_id);
        owned.push(all);
    }
    for (title, series) in [
        ("a row by its key", one),
        ("1,000 rows, owned", owned),
        ("1,000 rows, borrowed", borrowed),
    ] {
        println!("{}", compared(title, &series.iter().collect::<Vec<_>>()));
    }
    if let Err(why) = others {
        println!("Not measured: sqlx, diesel-async: {why}");
    }
    Ok(())
}

/// What a row by its key, and a thousand of them, take sqlx and diesel-async.
fn others(cluster: &Cluster, calls: usize, rounds: usize) -> Result<Vec<[Series; 2]>> {
    let home = cluster.home().display().to_string().replace('/', "%2F");
    let url = format!("postgres://postgres@localhost/postgres?host={home}");
    let mut command = Command::new(peers::build("calls")?);
    let output = command.args([url, calls.to_string(), rounds.to_string()]).output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).trim().to_owned().into());
    }
    let took: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    let series = |name: &'static str, task: usize| -> Result<Series> {
        let mut series = Series::new(name);
        for took in took[name][task].as_array().ok_or("no rounds")? {
            series.add(Duration::from_nanos(took.as_u64().ok_or("no number")?));
        }
        Ok(series)
    };
    let names = ["sqlx", "diesel-async"];
    names.into_iter().map(|name| Ok([series(name, 0)?, series(name, 1)?])).collect()
}

struct Ground {
    runtime: Runtime,
    by_hand: tokio_postgres::Client,
    by_id: Statement,
    since: Statement,
    cached: Cached<tokio_postgres::Client>,
    plain: tokio_postgres::Client,
}

/// One call, in the way of this number.
type Call = fn(&Ground, usize) -> Result<()>;

impl Ground {
    fn new(connection_string: &str) -> Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let connect = || -> Result<tokio_postgres::Client> {
            runtime.block_on(async {
                let (client, connection) =
                    tokio_postgres::connect(connection_string, NoTls).await?;
                tokio::task::spawn(connection);
                Ok(client)
            })
        };
        let (by_hand, cached, plain) = (connect()?, Cached::new(connect()?), connect()?);
        let fill = format!(
            "{SCHEMA}; insert into album (id, name) select i, 'number ' || i from generate_series(1, {ROWS}) i; analyze"
        );
        runtime.block_on(plain.batch_execute(&fill))?;
        let by_id = "select id, artist, name, released from album where id = $1";
        let by_id = runtime.block_on(by_hand.prepare(by_id))?;
        let since = "select id, artist, name, released from album where released >= $1 order by id";
        let since = runtime.block_on(by_hand.prepare(since))?;
        Ok(Self { runtime, by_hand, by_id, since, cached, plain })
    }

    /// What a call takes in each way, by rounds.
    fn compare(&self, calls: usize, rounds: usize, call: Call) -> Result<Vec<Series>> {
        let mut series: Vec<Series> = WAYS.into_iter().map(Series::new).collect();
        let divisor = u32::try_from(calls)?;
        // The first round warms up and is not counted.
        for round in 0..=rounds {
            for (way, series) in series.iter_mut().enumerate() {
                let begin = processor_time();
                for _ in 0..calls {
                    call(self, way)?;
                }
                if round > 0 {
                    series.add((processor_time() - begin) / divisor);
                }
            }
        }
        Ok(series)
    }

    fn one(&self, way: usize) -> Result<()> {
        let id = 7;
        self.runtime.block_on(async {
            black_box(match way {
                0 => self.by_hand.query_opt(&self.by_id, &[&id]).await?.as_ref().map(by_id),
                1 => AlbumById { id }.fetch(&self.cached).await?,
                _ => AlbumById { id }.fetch(&self.plain).await?,
            });
            Ok(())
        })
    }

    fn owned(&self, way: usize) -> Result<()> {
        self.runtime.block_on(async {
            black_box(match way {
                0 => self.rows().await?.iter().map(since).collect(),
                1 => AlbumsSince { since: DAY }.fetch(&self.cached).await?,
                _ => AlbumsSince { since: DAY }.fetch(&self.plain).await?,
            });
            Ok(())
        })
    }

    fn borrowed(&self, way: usize) -> Result<()> {
        self.runtime.block_on(async {
            black_box(match way {
                0 => self.rows().await?.iter().map(|row| since_ref(row).name.len()).sum(),
                1 => lengths(&self.cached).await?,
                _ => lengths(&self.plain).await?,
            });
            Ok(())
        })
    }

    async fn rows(&self) -> Result<Vec<Row>> {
        Ok(self.by_hand.query(&self.since, &[&DAY]).await?)
    }
}

async fn lengths(client: &impl Client) -> Result<usize> {
    let rows = AlbumsSince { since: DAY }.fetch_ref(client).await?;
    let mut length = 0;
    for row in rows.iter() {
        length += row?.name.len();
    }
    Ok(length)
}

fn by_id(row: &Row) -> AlbumByIdRow {
    AlbumByIdRow { id: row.get(0), artist: row.get(1), name: row.get(2), released: row.get(3) }
}

fn since(row: &Row) -> AlbumsSinceRow {
    AlbumsSinceRow { id: row.get(0), artist: row.get(1), name: row.get(2), released: row.get(3) }
}

fn since_ref(row: &Row) -> AlbumsSinceRef<'_> {
    AlbumsSinceRef { id: row.get(0), artist: row.get(1), name: row.get(2), released: row.get(3) }
}

/// Of this thread, on which the connections are driven as well.
fn processor_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.try_into().unwrap_or(0), time.tv_nsec.try_into().unwrap_or(0))
}
