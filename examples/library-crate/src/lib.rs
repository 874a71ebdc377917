//! A queue of jobs in PostgreSQL. The crate brings its schema, in `db/migrations`, and its queries: those that have
//! a name are files, the small ones stand where they are needed. What PostgreSQL said of them is in `db/pgmi.lock`, so
//! that the crate builds from its package, without a server.

/// The bindings of `db/queries`, and the types of the database.
pub mod db {
    pgmi::include_queries!();
}

pub use db::types::JobsState as State;

/// Adds a job, due at once; gives its number.
///
/// # Errors
/// What PostgreSQL says.
pub async fn add(client: &impl pgmi::Client, queue: &str) -> pgmi::Result<i64> {
    let added = pgmi::query!("insert into jobs.job (queue) values ($queue) returning id", queue);
    Ok(added.fetch(client).await?.id)
}

/// Notes how a job went.
///
/// # Errors
/// What PostgreSQL says.
pub async fn finish(
    client: &impl pgmi::Client,
    id: i64,
    outcome: Result<(), String>,
) -> pgmi::Result<bool> {
    let state = if outcome.is_ok() { State::Done } else { State::Failed };
    let error = outcome.err();
    let changed = pgmi::query!(
        "update jobs.job set state = $state, last_error = $error where id = $id",
        id,
        state,
        error,
    );
    Ok(changed.execute(client).await? == 1)
}

/// How many jobs there are in each state.
///
/// # Errors
/// What PostgreSQL says.
pub async fn count(client: &impl pgmi::Client, queue: &str) -> pgmi::Result<Vec<(State, i64)>> {
    let counts = pgmi::query!(
        "select state, count(*) as jobs from jobs.job where queue = $queue group by state order by state",
        queue,
    );
    let counts = counts.fetch(client).await?;
    Ok(counts.into_iter().map(|it| (it.state, it.jobs)).collect())
}
