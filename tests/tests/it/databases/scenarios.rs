//! Tests as users write them. Each is run by a test in the folder around this file.

mod fine {
    use pgmi::TestDatabase;

    /// What another test commits at the same moment is in another database.
    async fn is_alone(db: &TestDatabase) -> Result<(), tokio_postgres::Error> {
        assert_eq!(db.execute("insert into t (id) values (1)", &[]).await?, 1);
        assert_eq!(db.query_one("select count(*) from t", &[]).await?.get::<_, i64>(0), 1);
        Ok(())
    }

    #[pgmi::test]
    #[ignore = "run by another test"]
    async fn own(db: TestDatabase) -> Result<(), tokio_postgres::Error> {
        is_alone(&db).await
    }

    #[pgmi::test(flavor = "multi_thread")]
    #[ignore = "run by another test"]
    async fn own_with_threads(mut db: TestDatabase, client: tokio_postgres::Client) {
        is_alone(&db).await.unwrap();
        let there: i64 = client.query_one("select count(*) from t", &[]).await.unwrap().get(0);
        assert_eq!(there, 1, "both are in the same database");
        let transaction = db.transaction().await.unwrap();
        transaction.execute("insert into t (id) values (2)", &[]).await.unwrap();
        transaction.commit().await.unwrap();
        let again = db.connect().await.unwrap();
        assert_eq!(again.query("select from t", &[]).await.unwrap().len(), 2);
    }

    #[pgmi::test]
    #[ignore = "run by another test"]
    async fn own_with_a_pool(db: TestDatabase, pool: deadpool_postgres::Pool) {
        let (one, other) = (pool.get().await.unwrap(), pool.get().await.unwrap());
        one.execute("insert into t (id) values (7)", &[]).await.unwrap();
        for client in [db.client(), &**other] {
            let there: i64 = client.query_one("select count(*) from t", &[]).await.unwrap().get(0);
            assert_eq!(there, 1, "all are in the same database");
        }
    }

    #[pgmi::test]
    #[ignore = "run by another test"]
    fn blocking(mut db: TestDatabase<postgres::Client>, mut other: postgres::Client) {
        other.execute("insert into t (id) values (1)", &[]).unwrap();
        assert_eq!(db.query("select from t", &[]).unwrap().len(), 1);
        assert!(db.connection_string().contains(db.name()));
    }

    #[pgmi::test(fixtures("one", "t.csv"))]
    #[ignore = "run by another test"]
    async fn with_fixtures(db: TestDatabase) -> Result<(), tokio_postgres::Error> {
        let rows = db.query("select note from t order by id", &[]).await?;
        let notes: Vec<&str> = rows.iter().map(|row| row.get(0)).collect();
        assert_eq!(notes, ["of the fixture", "of the file, too"]);
        Ok(())
    }

    #[pgmi::test]
    #[ignore = "run by another test"]
    fn without_a_database() {}

    #[pgmi::test(rollback)]
    #[ignore = "run by another test"]
    async fn rolled_back(db: TestDatabase) -> Result<(), tokio_postgres::Error> {
        db.batch_execute(
            "set search_path = public; savepoint a; create temp table x (); rollback to a",
        )
        .await?;
        assert!(db.connect().await.is_err(), "it would see nothing");
        is_alone(&db).await
    }

    #[pgmi::test(rollback)]
    #[ignore = "run by another test"]
    async fn rolled_back_after_an_error(db: TestDatabase) {
        is_alone(&db).await.unwrap();
        db.execute("select 1 / 0", &[]).await.unwrap_err();
    }

    #[pgmi::test(rollback)]
    #[ignore = "run by another test"]
    fn rolled_back_and_blocking(mut db: TestDatabase<postgres::Client>) {
        assert_eq!(db.query("select from t", &[]).unwrap().len(), 0);
        db.execute("insert into t (id) values (1)", &[]).unwrap();
    }
}

mod changed {
    #[pgmi::test]
    #[ignore = "run by another test"]
    async fn has_a_new_column(db: pgmi::TestDatabase) {
        db.query("select new from t", &[]).await.unwrap();
    }
}

mod broken {
    #[pgmi::test]
    #[ignore = "run by another test"]
    async fn panics(db: pgmi::TestDatabase) {
        db.execute("insert into t (id) values (1)", &[]).await.unwrap();
        panic!("as it must");
    }

    #[pgmi::test]
    #[ignore = "run by another test"]
    fn returns_an_error(mut client: postgres::Client) -> Result<(), postgres::Error> {
        client.execute("insert into t (id) values (1), (2)", &[])?;
        client.execute("select 1 / 0", &[]).map(drop)
    }
}

#[pgmi::test]
#[ignore = "run by another test"]
#[should_panic(expected = "as it must")]
async fn panics_as_it_should(_db: pgmi::TestDatabase) {
    panic!("as it must");
}

mod rude {
    use pgmi::TestDatabase;

    #[pgmi::test]
    #[ignore = "run by another test"]
    async fn leaves_connections_open(db: TestDatabase) {
        let mut clients = Vec::new();
        for _ in 0..5 {
            clients.push(db.connect().await.unwrap());
        }
        let blocking = db.connection_string().to_owned();
        let open =
            std::thread::spawn(move || postgres::Client::connect(&blocking, postgres::NoTls));
        std::mem::forget(open.join().unwrap().unwrap());
        std::mem::forget(clients);
        std::mem::forget(db);
    }

    #[pgmi::test]
    #[ignore = "run by another test"]
    async fn kills_its_backend(db: TestDatabase) {
        let killed = db.execute("select pg_terminate_backend(pg_backend_pid())", &[]).await;
        assert!(killed.is_err());
    }

    #[pgmi::test(rollback)]
    #[ignore = "run by another test"]
    async fn kills_its_backend_in_a_transaction(db: TestDatabase) {
        let killed = db.execute("select pg_terminate_backend(pg_backend_pid())", &[]).await;
        assert!(killed.is_err());
    }

    #[pgmi::test(rollback)]
    #[ignore = "run by another test"]
    async fn changes_roles(db: TestDatabase) {
        db.batch_execute("set session authorization pg_monitor; set statement_timeout = 1; prepare p as select 1")
            .await
            .unwrap();
    }
}

mod commits {
    #[pgmi::test(rollback)]
    #[ignore = "run by another test"]
    async fn anyway(db: pgmi::TestDatabase) {
        db.batch_execute("insert into t (id) values (7); commit").await.unwrap();
    }

    #[pgmi::test(rollback)]
    #[ignore = "run by another test"]
    fn with_a_transaction_of_its_client(mut db: pgmi::TestDatabase<postgres::Client>) {
        let mut transaction = db.transaction().unwrap();
        transaction.execute("insert into t (id) values (8)", &[]).unwrap();
        transaction.commit().unwrap();
    }
}

/// One after the other, on clients that are lent from test to test.
mod lent {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use pgmi::TestDatabase;

    static TURNS: AtomicUsize = AtomicUsize::new(0);

    #[pgmi::test(rollback)]
    #[ignore = "run by another test"]
    async fn a_leaves_a_task_behind(db: TestDatabase) {
        tokio::spawn(async {
            loop {
                TURNS.fetch_add(1, Ordering::SeqCst);
                tokio::task::yield_now().await;
            }
        });
        db.execute("select pg_advisory_lock(7)", &[]).await.unwrap();
        assert!(TURNS.load(Ordering::SeqCst) > 0);
    }

    #[pgmi::test(rollback)]
    #[ignore = "run by another test"]
    async fn b_sees_nothing_of_it(db: TestDatabase) {
        let before = TURNS.load(Ordering::SeqCst);
        let locks =
            "select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()";
        assert_eq!(db.query_one(locks, &[]).await.unwrap().get::<_, i64>(0), 0);
        assert_eq!(TURNS.load(Ordering::SeqCst), before);
    }

    #[pgmi::test(rollback)]
    #[ignore = "run by another test"]
    async fn says_where_it_is(db: TestDatabase) {
        println!("in {}", db.name());
        db.execute("insert into t (id) values (1)", &[]).await.unwrap();
    }

    #[pgmi::test(rollback)]
    #[ignore = "run by another test"]
    async fn waits(db: TestDatabase) {
        db.batch_execute("insert into t (id) values (1); commit").await.unwrap();
        println!("in {}", db.name());
        let _ = db.execute("select pg_sleep(60)", &[]).await;
    }

    #[pgmi::test(rollback)]
    #[ignore = "run by another test"]
    async fn wants_a_client(_client: tokio_postgres::Client) {}
}

mod slow {
    #[pgmi::test]
    #[ignore = "run by another test"]
    async fn waits(db: pgmi::TestDatabase) {
        println!("waiting in {}", db.name());
        let _ = db.execute("select pg_sleep(60)", &[]).await;
    }
}

/// Fifty tests that do next to nothing.
mod many {
    macro_rules! tests {
        ($($name:ident)*) => {
            $(
                #[pgmi::test]
                #[ignore = "run by another test"]
                async fn $name(db: pgmi::TestDatabase) {
                    db.execute("insert into t (id) values (1)", &[]).await.unwrap();
                }
            )*
        };
    }

    tests! {
        a0 a1 a2 a3 a4 a5 a6 a7 a8 a9 b0 b1 b2 b3 b4 b5 b6 b7 b8 b9 c0 c1 c2 c3 c4 c5 c6 c7 c8 c9
        d0 d1 d2 d3 d4 d5 d6 d7 d8 d9 e0 e1 e2 e3 e4 e5 e6 e7 e8 e9
    }
}
