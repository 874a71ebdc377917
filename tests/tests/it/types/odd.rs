//! What is no ordinary column: pseudo-types, types without a binary form, types of extensions.

use std::collections::HashMap;

use pgmi::types::*;
use pgmi_tests::on_every_major;
use postgres::Client;

use super::ground::Ground;

on_every_major! {
    fn functions_that_return_nothing_are_void(db: &Database) {
        let row = db.client().query_one("select pg_notify('channel', 'text')", &[]).unwrap();
        assert_eq!(row.get::<_, Void>(0), Void);
    }

    fn records_are_read_field_by_field(db: &Database) {
        let query = "select (1, 'two'::text, null::int8, array['a', null], (true, 1.50))";
        let row = db.client().query_one(query, &[]).unwrap();
        let record: Record = row.get(0);
        assert_eq!(record.len(), 5);
        assert_eq!(record.get::<i32>(0).unwrap(), 1);
        assert_eq!(record.get::<&str>(1).unwrap(), "two");
        assert_eq!(record.get::<Option<i64>>(2).unwrap(), None);
        assert_eq!(record.get::<Vec<Option<String>>>(3).unwrap(), [Some("a".to_owned()), None]);
        let inner: Record = record.get(4).unwrap();
        assert_eq!(inner.get::<Numeric>(1).unwrap().to_string(), "1.50");
        assert!(record.get::<i64>(0).is_err(), "another type");
        assert!(record.get::<i64>(2).is_err(), "NULL");
        assert!(record.get::<i32>(5).is_err(), "no such field");
        let query = "select array[(1, 2), (3, null)]";
        let Records(records) = db.client().query_one(query, &[]).unwrap().get(0);
        assert_eq!(records[1].as_ref().unwrap().get::<Option<&str>>(1).unwrap(), None);
    }

    fn what_has_no_binary_form_is_sent_as_text_and_read_with_a_cast(db: &Database) {
        let mut client = db.client();
        client.batch_execute("create table secured (a aclitem, b aclitem[])").unwrap();
        let (one, many) = (Literal("=r/postgres"), Literal("{=r/postgres,=w/postgres}"));
        let owner: String = client.query_one("select current_user::text", &[]).unwrap().get(0);
        let [one, many] = [one, many].map(|it| Literal(it.as_str().replace("postgres", &owner)));
        client.execute("insert into secured values ($1, $2)", &[&one, &Some(&many)]).unwrap();
        let row = client.query_one("select a::text, b::text[] from secured", &[]).unwrap();
        assert_eq!(row.get::<_, String>(0), one.as_str());
        assert_eq!(row.get::<_, Vec<String>>(1).len(), 2);
        let refused = client.query_one("select a from secured", &[]).unwrap_err();
        assert!(refused.as_db_error().unwrap().message().contains("no binary output function"));
    }

    fn columns_of_the_catalog_are_read(db: &Database) {
        let mut client = db.client();
        db.run(
            "create table t (a int default 1, b int); insert into t select i, i % 2 from generate_series(1, 1000) i;
             create statistics s (ndistinct, dependencies, mcv) on a, b from t; analyze t",
        );
        let query = "select adbin from pg_attrdef where adrelid = 't'::regclass";
        let tree: Text = client.query_one(query, &[]).unwrap().get(0);
        assert!(tree.as_str().starts_with("{CONST"));
        let query = "select stxdndistinct, stxddependencies, stxdmcv from pg_statistic_ext_data";
        let row = client.query_one(query, &[]).unwrap();
        (0..3).for_each(|at| assert!(!row.get::<_, Opaque>(at).0.is_empty()));
        let query = "select most_common_vals from pg_stats where tablename = 't' and attname = 'b'";
        let values: Opaque = client.query_one(query, &[]).unwrap().get(0);
        assert_eq!(values.decode::<Vec<i32>>(&Type::INT4_ARRAY).unwrap().len(), 2);
        assert!(values.decode::<Vec<i64>>(&Type::INT4_ARRAY).is_err());
        everything_is_read(&mut client);
    }

    fn types_of_extensions_are_text_or_bytes(db: &Database) {
        for name in ["hstore", "citext", "ltree", "cube", "isn"] {
            db.run(&format!("create extension {name}"));
        }
        let mut ground = Ground::new(db.client());
        ground.try_everywhere::<HashMap<String, Option<String>>>("hstore", &["", "a=>1,\"b c\"=>NULL"]);
        ground.try_parsed::<String>("citext", &["", "Größe"]);
        ground.try_shown::<Text>("citext", &["", "Größe"]);
        for (sql, value) in [("ltree", "a.b.c"), ("lquery", "a.*{1,2}.b|c"), ("ltxtquery", "a & !b")] {
            ground.try_parsed::<String>(sql, &[value]);
        }
        let mut client = db.client();
        let read: Opaque = client.query_one("select '(1,2),(3,4)'::cube", &[]).unwrap().get(0);
        let query = "select $1::cube = '(1,2),(3,4)'::cube";
        assert!(client.query_one(query, &[&read]).unwrap().get::<_, bool>(0));
        let query = "select $1::isbn13::text";
        let isbn: String = client.query_one(query, &[&Literal("978-0-11-000533-1")]).unwrap().get(0);
        assert_eq!(isbn, "978-0-11-000533-1");
    }
}

/// Every column of every relation of the catalog has a type that something reads.
fn everything_is_read(client: &mut Client) {
    let query = "select attname, attrelid::regclass::text, atttypid from pg_attribute join pg_class on attrelid = pg_class.oid
        where relnamespace = 'pg_catalog'::regnamespace and relkind in ('r', 'v') and attnum > 0 and atttypid < 10000";
    let mut unread = Vec::new();
    for row in client.query(query, &[]).unwrap() {
        let (column, relation, oid): (String, String, u32) = (row.get(0), row.get(1), row.get(2));
        if Type::from_oid(oid).is_none() {
            unread.push(format!("{relation}.{column}"));
        }
    }
    assert_eq!(unread, Vec::<String>::new());
}
