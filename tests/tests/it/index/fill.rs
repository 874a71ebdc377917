//! Rows are made for every kind of column and constraint.

use std::collections::HashMap;

use pgmi_engine::index::{ColumnName, ColumnStatistics, Literal, Rows, TableStatistics, Workload};
use pgmi_tests::on_every_major;

use super::Ground;

const TYPES: &str = include_str!("types.sql");

const CONSTRAINTS: &str = include_str!("constraints.sql");

fn rows(default: u64) -> Rows {
    Rows { default, ..Rows::default() }
}

on_every_major! {
    fn every_type_has_values(major: u16) {
        let ground = Ground::of(major, TYPES);
        let filled = ground.fill(&Workload::default(), &rows(500));
        for table in &filled.tables {
            let problem = table.problem.as_deref();
            match &*table.table {
                "unknown_type" => {
                    let words = "no values are known for its column \"snapshot\"";
                    assert_eq!((table.rows, problem), (0, Some(words)));
                }
                _ => assert_eq!((table.rows, problem), (500, None), "{}", table.table),
            }
        }
        // Every column of a type that is known has values, and not always the same.
        let same = "select string_agg(concat_ws('.', tablename, attname), ' ' order by 1) from pg_stats
                    where schemaname = 'public' and (n_distinct = 1 or null_frac = 1)";
        let same: String = ground.client().query_one(same, &[]).unwrap().get(0);
        assert_eq!(same, "unknown_nullable.snapshot");
    }

    fn constraints_are_obeyed(major: u16) {
        let ground = Ground::of(major, CONSTRAINTS);
        let filled = ground.fill(&Workload::default(), &rows(1000));
        for table in &filled.tables {
            let problem = table.problem.as_deref();
            match &*table.table {
                "impossible" => assert!(table.rows == 0 && problem.is_some()),
                "raising" => assert_eq!((table.rows, problem), (0, Some("division by zero"))),
                // There are so many pairs.
                "flag" => assert_eq!(table.rows, 8),
                name => assert!(table.rows > 700 && problem.is_none(), "{name}: {table:?}"),
            }
        }
        let orphans: i64 = ground.number(
            "select sum((xpath('//n/text()', query_to_xml(format(
                'select count(*) as n from %s as c where not exists (select from %s as p where %s) and %s',
                k.conrelid::regclass, k.confrelid::regclass,
                (select string_agg(format('c.%I = p.%I', a.attname, b.attname), ' and ')
                 from unnest(k.conkey, k.confkey) as u (x, y)
                 join pg_attribute a on a.attrelid = k.conrelid and a.attnum = x
                 join pg_attribute b on b.attrelid = k.confrelid and b.attnum = y),
                (select string_agg(format('c.%I is not null', a.attname), ' and ')
                 from unnest(k.conkey) as x join pg_attribute a on a.attrelid = k.conrelid and a.attnum = x)
             ), false, true, '')))[1]::text::int8)::int8
             from pg_constraint as k where k.contype = 'f' and k.conparentid = 0",
        );
        assert_eq!(orphans, 0);
    }

    fn the_same_rows_on_every_run(major: u16) {
        let sum = || {
            let ground = Ground::of(major, CONSTRAINTS);
            ground.fill(&Workload::default(), &rows(200));
            ground.number("select sum(hashtextextended(to_jsonb(c)::text, 0) % 1000000)::int8 from child as c")
        };
        assert_eq!(sum(), sum());
    }

    fn what_nobody_asks_about_is_the_same_in_every_row(major: u16) {
        let ground = Ground::of(
            major,
            "create table shelf (id int8 primary key, code text not null unique, note text);
             create table job (
               id int8 generated always as identity primary key,
               shelf int8 not null references shelf,
               name text not null,
               note text,
               detail jsonb not null,
               size int4 not null check (size > 3),
               kind text not null check (kind in ('a', 'b')),
               low int4 not null,
               high int4 not null check (low < high)
             );",
        );
        let column = "select 'job'::regclass::oid::int8";
        let job = u32::try_from(ground.number(column)).unwrap();
        let asked = std::collections::HashSet::from([(job, 3)]);
        let filled = ground.fill_for(&Workload::default(), &rows(1000), Some(&asked));
        assert!(filled.tables.iter().all(|it| it.problem.is_none()), "{filled:?}");
        let distinct =
            |table: &str, column: &str| ground.number(&format!("select count(distinct {column}) from {table}"));
        assert!(distinct("job", "name") > 50);
        for (table, idle) in
            [("job", "note"), ("job", "detail"), ("job", "size"), ("job", "kind"), ("shelf", "note")]
        {
            assert_eq!(distinct(table, idle), 1, "{table}.{idle}");
        }
        // What constraints ask for differs.
        assert_eq!(distinct("shelf", "code"), 1000);
        assert!(distinct("job", "shelf") > 20 && distinct("job", "low") > 1);
        assert_eq!(ground.number("select count(*) from job where shelf not in (select id from shelf)"), 0);
    }

    fn what_queries_look_for_is_rare(major: u16) {
        let ground = Ground::of(
            major,
            "create table job (
               id int8 generated always as identity primary key,
               state text not null check (state in ('pending', 'running', 'done')),
               handled bool not null,
               gone timestamptz,
               expires timestamptz not null,
               name text not null,
               size int4 not null
             );",
        );
        let mut workload = ground.workload(&[
            ("select id from job where state = 'pending'", &[]),
            ("select id from job where not handled and gone is null", &[]),
            ("delete from job where expires < now()", &[]),
        ]);
        workload.queries[0].literals = [("state", "=", "pending"), ("name", "~~", "Blue%"), ("size", ">", "100")]
            .map(|(column, operator, value)| Literal {
                column: ColumnName { schema: "public".into(), table: "job".into(), column: column.into() },
                operator: operator.into(),
                value: value.into(),
            })
            .to_vec();
        let filled = ground.fill(&workload, &rows(10_000));
        assert_eq!(filled.tables[0].rows, 10_000);
        for condition in [
            "state = 'pending'", "not handled", "gone is null", "expires < now()", "name like 'Blue%'", "size > 100",
        ] {
            let found = ground.number(&format!("select count(*) from job where {condition}"));
            assert!((10..500).contains(&found), "{condition}: {found}");
        }
    }

    fn statistics_of_a_real_database_are_followed(major: u16) {
        let ground = Ground::of(major, "create table t (id int8 primary key, kind text, note text);");
        let kind = ColumnStatistics {
            null_frac: 0.25,
            n_distinct: 3.0,
            most_common: vec![("it's".into(), 0.5), ("b".into(), 0.25)],
        };
        let note = ColumnStatistics { n_distinct: -0.5, ..ColumnStatistics::default() };
        let columns = HashMap::from([("kind".to_owned(), kind), ("note".to_owned(), note)]);
        let statistics = TableStatistics { rows: 4000.0, pages: 40.0, columns };
        let key = ("public".to_owned(), "t".to_owned());
        let rows = Rows { statistics: HashMap::from([(key, statistics)]), ..Rows::default() };
        assert_eq!(ground.fill(&Workload::default(), &rows).tables[0].rows, 4000);
        let share = |condition: &str| ground.number(&format!("select count(*) from t where {condition}"));
        assert!((800..1200).contains(&share("kind is null")));
        assert!((1300..1700).contains(&share("kind = 'it''s'")));
        let distinct = ground.number("select count(distinct note) from t");
        assert!((1400..2001).contains(&distinct), "{distinct}");
    }
}
