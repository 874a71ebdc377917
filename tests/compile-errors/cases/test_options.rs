#[pgmi_macros::test(rolback)]
async fn misspelled(_: pgmi::TestDatabase) {}

#[pgmi_macros::test(rollback, rollback)]
async fn said_twice(_: pgmi::TestDatabase) {}

#[pgmi_macros::test(rollback)]
async fn rolled_back_without_a_database() {}

#[pgmi_macros::test(flavor = "current_thread", worker_threads = 2)]
async fn one_thread_with_workers(_: pgmi::TestDatabase) {}

#[pgmi_macros::test(worker_threads = 0)]
async fn nobody_works(_: pgmi::TestDatabase) {}

#[pgmi_macros::test(flavor = "many")]
async fn another_flavor(_: pgmi::TestDatabase) {}

#[pgmi_macros::test(worker_threads = 2)]
fn a_runtime_for_nothing(_: pgmi::TestDatabase) {}

#[pgmi_macros::test(fixtures("missing"))]
async fn no_such_fixture(_: pgmi::TestDatabase) {}

#[pgmi_macros::test(project = "nowhere")]
async fn no_such_project(_: pgmi::TestDatabase) {}

fn main() {}
