//! The queue, in a database that has its schema.

use library_crate::db::TakeJob;
use library_crate::{State, add, count, finish};
use pgmi::TestDatabase;

#[pgmi::test]
async fn a_job_is_taken_once_and_finished(db: TestDatabase) -> pgmi::Result<()> {
    let id = add(&*db, "mail").await?;
    let taken = TakeJob { queue: "mail" }.fetch(&*db).await?;
    assert_eq!(taken.map(|it| (it.id, it.attempts)), Some((id, 1)));
    assert_eq!(TakeJob { queue: "mail" }.fetch(&*db).await?, None);

    assert!(finish(&*db, id, Err("no such address".to_owned())).await?);
    assert_eq!(count(&*db, "mail").await?, [(State::Failed, 1)]);
    Ok(())
}
