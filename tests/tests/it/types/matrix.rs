//! Each built-in type with its extreme values.

use pgmi::types::*;
use pgmi_tests::on_every_major;

use super::ground::Ground;

on_every_major! {
    fn every_type_goes_round_in_every_place(db: &Database) {
        let mut ground = Ground::new(db.client());
        numbers(&mut ground);
        texts(&mut ground);
        times(&mut ground, db.major());
        networks_and_bits(&mut ground);
        shapes(&mut ground);
        text_search(&mut ground);
        empty_text_search(&mut ground);
        system(&mut ground);
        ranges(&mut ground);
        assert_eq!(untried(&mut ground), Vec::<String>::new());
    }
}

fn numbers(ground: &mut Ground) {
    ground.try_everywhere::<bool>("bool", &["true", "false"]);
    ground.try_parsed::<i16>("int2", &["-32768", "0", "32767"]);
    ground.try_parsed::<i32>("int4", &["-2147483648", "0", "2147483647"]);
    ground.try_parsed::<i64>("int8", &["-9223372036854775808", "0", "9223372036854775807"]);
    let floats = ["-0", "0.1", "3.4028235e38", "1e-45", "-Infinity", "Infinity"];
    ground.try_everywhere::<f32>("float4", &floats);
    let floats = ["-0", "0.1", "1.7976931348623157e308", "5e-324", "-Infinity", "Infinity"];
    ground.try_everywhere::<f64>("float8", &floats);
    ground.try_everywhere::<Money>(
        "money",
        &["0", "-92233720368547758.08", "92233720368547758.07", "0.01"],
    );
    ground.try_parsed::<Numeric>(
        "numeric",
        &[
            "0",
            "0.000",
            "-1",
            "1.50",
            "12345.678900",
            "-0.0001",
            "10000",
            "100000000",
            "0.00010001",
            "9999.9999",
            "NaN",
            "Infinity",
            "-Infinity",
            "123456789012345678901234567890.1234567890",
            "1e100",
        ],
    );
    long_numbers(ground);
}

/// The longest numbers there are: more than a quick test of every place can take.
fn long_numbers(ground: &mut Ground) {
    let long = "9".repeat(131_072) + "." + &"9".repeat(16_383);
    let small = "0.".to_owned() + &"0".repeat(16_382) + "1";
    for text in [&format!("-{long}"), &long, &small] {
        let value: Numeric = ground.scalar("numeric", &format!("'{text}'"));
        assert!(value.to_string() == *text && text.parse() == Ok(value));
    }
}

fn texts(ground: &mut Ground) {
    let texts = ["", " ", "a,b{\"}\\'", "NULL", "größe 🦀", "line\nline\ttab"];
    ground.try_parsed::<String>("text", &texts);
    ground.try_parsed::<String>("varchar", &texts);
    ground.try_parsed::<String>("name", &["", "a\"b", &"n".repeat(63)]);
    ground.try_parsed::<String>("bpchar", &["x", "größe"]);
    ground.try_everywhere::<i8>("\"char\"", &["", "a", "\\377"]);
    ground.try_everywhere::<Vec<u8>>("bytea", &["", "\\x00ff", "\\xdeadbeef"]);
    ground.try_parsed::<Uuid>(
        "uuid",
        &[
            "00000000-0000-0000-0000-000000000000",
            "ffffffff-ffff-ffff-ffff-ffffffffffff",
            "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
        ],
    );
    let json =
        ["null", "{\"a\": [1.0, 1e400, \"\\u00e4\", {}]}", "\"\"", "12345678901234567890.10"];
    ground.try_shown::<JsonText>("json", &json);
    ground.try_shown::<JsonText>("jsonb", &json);
    ground.try_shown::<JsonPath>("jsonpath", &["$", "$.\"a b\"[*]?(@ > 1 && @ < 5)"]);
    ground.try_shown::<Text>("refcursor", &["", "a cursor"]);
    // Not every server is built with libxml; the tests' are, or say so here.
    ground.try_shown::<Xml>("xml", &["", "<a>ä</a>", "text"]);
}

fn times(ground: &mut Ground, major: u16) {
    ground.try_parsed::<Date>(
        "date",
        &[
            "2000-01-01",
            "1999-12-31",
            "2024-02-29",
            "0001-01-01",
            "0001-12-31 BC",
            "4713-01-01 BC",
            "4714-11-24 BC",
            "5874897-12-31",
            "infinity",
            "-infinity",
        ],
    );
    ground.try_parsed::<Time>(
        "time",
        &["00:00", "24:00", "23:59:59.999999", "12:34:56.7", "00:00:00.000001"],
    );
    ground.try_parsed::<TimeTz>(
        "timetz",
        &[
            "00:00+00",
            "24:00-15:59",
            "12:34:56.7+05:30",
            "23:59:59.999999+15:59:59",
            "01:00-00:00:01",
        ],
    );
    let timestamps = [
        "2000-01-01 00:00:00",
        "1999-12-31 23:59:59.999999",
        "1970-01-01 00:00:00",
        "4714-11-24 00:00:00 BC",
        "0001-12-31 23:59:59.5 BC",
        "0001-01-01 00:00:00",
        "294276-12-31 23:59:59.999999",
        "infinity",
        "-infinity",
    ];
    ground.try_parsed::<Timestamp>("timestamp", &timestamps);
    ground.try_parsed::<TimestampTz>("timestamptz", &timestamps);
    intervals(ground, major);
}

fn intervals(ground: &mut Ground, major: u16) {
    let mut intervals = vec![
        "0",
        "1 year 2 mons 3 days 04:05:06.789",
        "-1 year +2 days -00:00:00.000001",
        "1 mon -1 day",
        "-1 day +01:00",
        "178000000 years",
        "-178000000 years",
        "2147483647 days",
        "-2147483648 days",
        "1 mon 00:00:01",
        "-11 mons",
    ];
    if major >= 15 {
        intervals.extend(["2562047788:00:54.775807", "-2562047788:00:54.775807"]);
    }
    if major >= 17 {
        intervals.extend(["infinity", "-infinity"]);
    }
    ground.try_parsed::<Interval>("interval", &intervals);
}

fn networks_and_bits(ground: &mut Ground) {
    ground.try_parsed::<Inet>(
        "inet",
        &[
            "0.0.0.0/0",
            "192.0.2.1",
            "192.0.2.1/24",
            "255.255.255.255",
            "::",
            "::1",
            "::/0",
            "2001:db8::1/64",
            "::ffff:192.0.2.1",
            "::192.0.2.1",
            "1:0:0:2:0:0:0:3",
            "1:0:2:0:3:0:4:0",
            "::2:0",
            "0:0:1::",
            "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/127",
        ],
    );
    ground.try_parsed::<Cidr>(
        "cidr",
        &[
            "0.0.0.0/0",
            "192.0.2.0/24",
            "192.0.2.1",
            "10.128.0.0/9",
            "::/0",
            "2001:db8::/32",
            "::1/128",
        ],
    );
    ground.try_parsed::<MacAddr>(
        "macaddr",
        &["00:00:00:00:00:00", "ff:ff:ff:ff:ff:ff", "08-00-2b-01-02-03"],
    );
    ground.try_parsed::<MacAddr8>(
        "macaddr8",
        &["00:00:00:00:00:00:00:00", "08:00:2b:01:02:03:04:05"],
    );
    ground.try_parsed::<Bits>(
        "varbit",
        &["", "1", "101", "11111111", "000000001", &"10".repeat(500)],
    );
    ground.try_parsed::<Bits>("bit(9)", &["000000000", "111111111", "100000001"]);
    ground.tried.push("bit");
}

fn shapes(ground: &mut Ground) {
    ground.try_shown::<Point>(
        "point",
        &["(0,0)", "(-0,1e300)", "(Infinity,-Infinity)", "(0.1,1e-05)", "(123456789012345,1e15)"],
    );
    ground.try_shown::<Line>("line", &["{1,-1,0}", "{0,1,2.5}"]);
    ground.try_shown::<LineSegment>("lseg", &["[(0,0),(1,1)]", "[(1e20,2),(3,4)]"]);
    ground.try_shown::<PgBox>("box", &["(1,1),(0,0)", "(0,5),(3,-2)"]);
    ground.try_shown::<Path>("path", &["((0,0),(1,1),(2,0))", "[(0,0),(1,1)]", "[(1,2)]"]);
    ground.try_shown::<Polygon>("polygon", &["((0,0),(1,1),(2,0))", "((0,0))"]);
    ground.try_shown::<Circle>("circle", &["<(0,0),0>", "<(1.5,-2),3e20>"]);
}

fn text_search(ground: &mut Ground) {
    ground.try_shown::<TsVector>(
        "tsvector",
        &["", "a fat cat", "'it''s' 'back\\\\slash':1A,2B,3C,4D,16383", "'größe':3 'a b':1"],
    );
    ground.try_shown::<TsQuery>(
        "tsquery",
        &[
            "a & (b & c)",
            "fat",
            "fat & !(rat | cat:*AB)",
            "!!a",
            "!(a & b)",
            "a <-> b <2> c",
            "a <-> (b <-> c)",
            "(a | b) & (c | d)",
            "a | b & c",
            "'it''s':D <16384> '\\\\'",
            "!(a <-> b) | c:*",
            "(a & b) <-> c",
        ],
    );
}

/// PostgreSQL does not read the empty query from the bytes that it wrote itself.
fn empty_text_search(ground: &mut Ground) {
    assert!(ground.scalar::<TsQuery>("tsquery", "''").items().is_empty());
    ground.run("create domain search as tsquery");
    ground.scalar::<Domain<Option<TsQuery>>>("search", "''");
}

fn system(ground: &mut Ground) {
    ground.try_everywhere::<u32>("oid", &["0", "4294967295"]);
    ground.try_parsed::<PgLsn>("pg_lsn", &["0/0", "FFFFFFFF/FFFFFFFF", "16/B374D848"]);
    ground.try_parsed::<PgSnapshot>("pg_snapshot", &["10:20:", "10:20:10,14,15"]);
    ground.try_parsed::<PgSnapshot>("txid_snapshot", &["10:20:", "10:20:10,14,15"]);
    ground.try_parsed::<Xid>("xid", &["0", "4294967295"]);
    ground.try_parsed::<Xid8>("xid8", &["0", "18446744073709551615"]);
    ground.try_parsed::<Cid>("cid", &["0", "4294967295"]);
    ground.try_parsed::<Tid>("tid", &["(0,0)", "(4294967295,65535)"]);
    ground.try_everywhere::<Vec<i16>>("int2vector", &["1 2 -32768"]);
    ground.try_everywhere::<Vec<u32>>("oidvector", &["1 4294967295"]);
    for (sql, name) in [
        ("regclass", "pg_class"),
        ("regtype", "int4"),
        ("regproc", "now"),
        ("regprocedure", "abs(int4)"),
        ("regoper", "||/"),
        ("regoperator", "=(int4,int4)"),
        ("regrole", "pg_monitor"),
        ("regnamespace", "pg_catalog"),
        ("regconfig", "simple"),
        ("regdictionary", "simple"),
        ("regcollation", "\"C\""),
    ] {
        ground.try_everywhere::<ObjectId>(sql, &["0", name]);
    }
}

fn ranges(ground: &mut Ground) {
    let numbers = ["empty", "(,)", "[1,5)", "[1,5]", "(,5]", "[1,)"];
    ground.try_shown::<Range<i32>>("int4range", &numbers);
    ground.try_shown::<Range<i64>>("int8range", &numbers);
    ground.try_shown::<Range<Numeric>>(
        "numrange",
        &[&numbers[..], &["[1.50,NaN)", "(-1,1)"]].concat(),
    );
    let dates = ["empty", "[2000-01-01,infinity]", "(,4713-01-01 BC)", "[2000-01-01,2000-02-01]"];
    ground.try_shown::<Range<Date>>("daterange", &dates);
    ground.try_shown::<Range<Timestamp>>("tsrange", &dates);
    ground.try_shown::<Range<TimestampTz>>("tstzrange", &dates);
    let numbers = ["{}", "{(,)}", "{[1,5),[7,9]}", "{(,1),(5,)}"];
    ground.try_shown::<Multirange<i32>>("int4multirange", &numbers);
    ground.try_shown::<Multirange<i64>>("int8multirange", &numbers);
    ground.try_shown::<Multirange<Numeric>>("nummultirange", &numbers);
    let dates = ["{}", "{[2000-01-01,infinity]}", "{(,4713-01-01 BC),[2000-01-01,2000-02-01]}"];
    ground.try_shown::<Multirange<Date>>("datemultirange", &dates);
    ground.try_shown::<Multirange<Timestamp>>("tsmultirange", &dates);
    ground.try_shown::<Multirange<TimestampTz>>("tstzmultirange", &dates);
}

/// Built-in types that no column has, or that PostgreSQL does not take as parameters; `odd` tries those.
const ODD: &[&str] = &[
    "aclitem",
    "gtsvector",
    "pg_brin_bloom_summary",
    "pg_brin_minmax_multi_summary",
    "pg_dependencies",
    "pg_mcv_list",
    "pg_ndistinct",
    "pg_node_tree",
];

/// What PostgreSQL has and was not tried.
fn untried(ground: &mut Ground) -> Vec<String> {
    let tried: Vec<_> =
        ground.tried.iter().map(|it| it.trim_matches('"')).chain(ODD.iter().copied()).collect();
    let rows = ground.client.query(
        "select typname from pg_type
          where typnamespace = 'pg_catalog'::regnamespace and typtype in ('b', 'r', 'm', 'e')
            and typcategory <> 'A' and typname <> all ($1) order by 1",
        &[&tried],
    );
    rows.unwrap().iter().map(|row| row.get(0)).collect()
}
