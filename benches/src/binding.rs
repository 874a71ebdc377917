//! Calls of bindings beside what one would write by hand with a prepared statement, and beside sqlx, diesel-async and
//! cornucopia. All take turns, on connections of their own, the other libraries in a process of theirs; what is compared is
//! the processor time of the client: the server's part is the same, and has a core of its own. How long one waits for a call,
//! of which that is a part, is told of our ways beside it. Connections are made anew for each round, each way's as the first,
//! the second or the third in turn: where its buffers come to lie makes a tenth of a thousand rows.

mod cores;
mod others;

use std::hint::black_box;
use std::rc::Rc;
use std::time::{Duration, Instant};

use pgmi::types::Date;
use pgmi::{Cached, Client};
use pgmi_engine::cluster::{Cluster, Settings};
use pgmi_test_bindings::db::{
    AlbumById, AlbumByIdRow, AlbumsSince, AlbumsSinceRef, AlbumsSinceRow,
};
use rustix::time::{ClockId, clock_gettime};
use tokio::runtime::{Builder, Runtime};
use tokio_postgres::{NoTls, Row, Statement};

use self::cores::{Side, stay};
use self::others::{Others, names};
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
    let program = peers::build("calls");
    stay(Side::Server);
    let cluster = Cluster::start(&binaries, &Settings::new(std::env::temp_dir()))
        .map_err(|error| error.to_string())?;
    stay(Side::Client);
    let ground = Ground::new(&cluster.connection_string("postgres"))?;
    println!(
        "PostgreSQL {}, {calls} calls a round, {rounds} rounds; processor time of the client for a call\n",
        binaries.version
    );
    let many = calls.div_ceil(50);
    let (mut others, why_not) = match program.and_then(|it| Others::start(&it, &cluster)) {
        Ok(others) => (Some(others), None),
        Err(why) => (None, Some(why)),
    };
    let one =
        ground.compare(calls, rounds, Connected::one, others.as_mut().map(|it| (it, "one")))?;
    let owned =
        ground.compare(many, rounds, Connected::owned, others.as_mut().map(|it| (it, "all")))?;
    let borrowed = ground.compare(
        many,
        rounds,
        Connected::borrowed,
        others.as_mut().map(|it| (it, "borrowed")),
    )?;
    for (title, compared_by) in [
        ("a row by its key", one),
        ("1,000 rows, owned", owned),
        ("1,000 rows, borrowed", borrowed),
    ] {
        let Compared { processor, waited } = compared_by;
        println!("{}", compared(title, &processor.iter().collect::<Vec<_>>()));
        let title = format!("{title}: until it is there");
        println!("{}", compared(&title, &waited.iter().collect::<Vec<_>>()));
    }
    if let Some(why) = why_not {
        println!("Not measured: sqlx, diesel-async, cornucopia: {why}");
    }
    Ok(())
}

struct Ground {
    runtime: Rc<Runtime>,
    connection_string: String,
}

/// A connection for each way.
struct Connected {
    runtime: Rc<Runtime>,
    by_hand: tokio_postgres::Client,
    by_id: Statement,
    since: Statement,
    cached: Cached<tokio_postgres::Client>,
    plain: tokio_postgres::Client,
}

/// What a call takes in each way: of the client's processor, and until it is there.
struct Compared {
    processor: Vec<Series>,
    waited: Vec<Series>,
}

/// One call, in the way of this number.
type Call = fn(&Connected, usize) -> Result<()>;

impl Ground {
    fn new(connection_string: &str) -> Result<Self> {
        let runtime = Rc::new(Builder::new_current_thread().enable_all().build()?);
        let ground = Self { runtime, connection_string: connection_string.to_owned() };
        let fill = format!(
            "{SCHEMA}; insert into album (id, name) select i, 'number ' || i from generate_series(1, {ROWS}) i; analyze"
        );
        ground.runtime.block_on(ground.connect()?.batch_execute(&fill))?;
        Ok(ground)
    }

    fn connect(&self) -> Result<tokio_postgres::Client> {
        self.runtime.block_on(async {
            let (client, connection) =
                tokio_postgres::connect(&self.connection_string, NoTls).await?;
            tokio::task::spawn(connection);
            Ok(client)
        })
    }

    /// Connections that have made the call once.
    fn connected(&self, round: usize, call: Call) -> Result<Connected> {
        let mut clients = [self.connect()?, self.connect()?, self.connect()?];
        clients.rotate_left(round % WAYS.len());
        let [by_hand, cached, plain] = clients;
        let by_id = "select id, artist, name, released from album where id = $1";
        let by_id = self.runtime.block_on(by_hand.prepare(by_id))?;
        let since = "select id, artist, name, released from album where released >= $1 order by id";
        let since = self.runtime.block_on(by_hand.prepare(since))?;
        let cached = Cached::new(cached);
        let connected =
            Connected { runtime: Rc::clone(&self.runtime), by_hand, by_id, since, cached, plain };
        (0..WAYS.len()).try_for_each(|way| call(&connected, way))?;
        Ok(connected)
    }

    /// What a call takes in each way, and others behind them, by rounds.
    fn compare(
        &self,
        calls: usize,
        rounds: usize,
        call: Call,
        mut others: Option<(&mut Others, &str)>,
    ) -> Result<Compared> {
        let of = |ways: &[&'static str]| ways.iter().map(|it| Series::new(it)).collect::<Vec<_>>();
        let (mut processor, mut waited) = (of(&WAYS), of(&WAYS));
        if let Some((_, task)) = &others {
            processor.extend(of(names(task)));
        }
        let divisor = u32::try_from(calls)?;
        // The first round warms up and is not counted.
        for round in 0..=rounds {
            let connected = self.connected(round, call)?;
            let (mut took, mut until) = (Vec::new(), Vec::new());
            for way in 0..WAYS.len() {
                let (begin, begin_of_waiting) = (processor_time(), Instant::now());
                for _ in 0..calls {
                    call(&connected, way)?;
                }
                took.push((processor_time() - begin) / divisor);
                until.push(begin_of_waiting.elapsed() / divisor);
            }
            if let Some((others, task)) = &mut others {
                took.extend(others.round(task, calls)?);
            }
            if round > 0 {
                processor.iter_mut().zip(took).for_each(|(series, took)| series.add(took));
                waited.iter_mut().zip(until).for_each(|(series, until)| series.add(until));
            }
        }
        Ok(Compared { processor, waited })
    }
}

impl Connected {
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
