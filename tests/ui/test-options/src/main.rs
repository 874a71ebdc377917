#[pgmi::test(rollbak)]
async fn misspelt(_db: pgmi::TestDatabase) {}

#[pgmi::test(rollback, rollback)]
async fn twice(_db: pgmi::TestDatabase) {}

#[pgmi::test(fixtures("users", "missing"))]
async fn no_such_fixture(_db: pgmi::TestDatabase) {}

#[pgmi::test(flavor = "threads")]
async fn no_such_flavor(_db: pgmi::TestDatabase) {}

#[pgmi::test(worker_threads = 0)]
async fn nobody_works(_db: pgmi::TestDatabase) {}

#[pgmi::test(flavor = "current_thread", worker_threads = 2)]
async fn one_thread_has_no_workers(_db: pgmi::TestDatabase) {}

#[pgmi::test(worker_threads = 2)]
fn no_runtime() {}

#[pgmi::test(rollback)]
async fn nothing_to_roll_back() {}

#[pgmi::test(project = db)]
async fn no_text(_db: pgmi::TestDatabase) {}

#[pgmi::test]
fn generic<T>() {}

#[pgmi::test]
struct NoFunction;

pgmi::sql_tests!("nowhere");

fn main() {}
