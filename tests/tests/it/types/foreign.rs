//! Types of other crates in the places of our own.

use pgmi::types::*;
use pgmi_tests::on_every_major;

use super::ground::Ground;

on_every_major! {
    fn types_of_other_crates_go_round_in_every_place(db: &Database) {
        let mut ground = Ground::new(db.client());
        identifiers(&mut ground);
        numbers(&mut ground);
        times(&mut ground);
        networks(&mut ground);
        shapes(&mut ground);
        documents(&mut ground);
    }

    fn what_another_crate_cannot_hold_is_an_error(db: &Database) {
        let mut client = db.client();
        let query = "select 'NaN'::numeric, 'infinity'::date, '-infinity'::timestamptz, '5874897-12-31'::date,
                            '294276-12-31'::timestamp, '1e131071'::numeric";
        let row = client.query_one(query, &[]).unwrap();
        assert!(row.try_get::<_, rust_decimal::Decimal>(0).is_err());
        assert!(row.try_get::<_, BigDecimal>(0).is_err());
        assert!(row.try_get::<_, rust_decimal::Decimal>(5).is_err());
        for at in [1, 3] {
            assert!(row.try_get::<_, chrono::NaiveDate>(at).is_err());
            assert!(row.try_get::<_, time::Date>(at).is_err());
            assert!(row.try_get::<_, jiff::civil::Date>(at).is_err());
        }
        assert!(row.try_get::<_, chrono::DateTime<chrono::Utc>>(2).is_err());
        assert!(row.try_get::<_, time::OffsetDateTime>(2).is_err());
        assert!(row.try_get::<_, jiff::Timestamp>(2).is_err());
        assert!(row.try_get::<_, time::PrimitiveDateTime>(4).is_err());
        assert!(row.try_get::<_, jiff::civil::DateTime>(4).is_err());
    }
}

fn identifiers(ground: &mut Ground) {
    let uuids = ["00000000-0000-0000-0000-000000000000", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"];
    ground.try_parsed::<uuid::Uuid>("uuid", &uuids);
    ground.try_everywhere::<eui48::MacAddress>("macaddr", &["08:00:2b:01:02:03"]);
}

fn numbers(ground: &mut Ground) {
    let values = ["0", "1.50", "-0.0001", "79228162514264337593543950335", "12345.678900"];
    ground.try_parsed::<rust_decimal::Decimal>("numeric", &values);
    let large = format!("{}.{}", "9".repeat(300), "8".repeat(300));
    ground.try_shown::<BigDecimal>("numeric", &[&values[..], &["1e100", "0.000", &large]].concat());
}

fn times(ground: &mut Ground) {
    let dates = ["2000-01-01", "1999-12-31", "2024-02-29", "0001-01-01", "9999-12-31"];
    ground.try_everywhere::<time::Date>("date", &dates);
    ground.try_parsed::<chrono::NaiveDate>("date", &dates);
    ground.try_parsed::<jiff::civil::Date>("date", &dates);
    let times = ["00:00", "23:59:59.999999", "12:34:56.7"];
    ground.try_everywhere::<time::Time>("time", &times);
    ground.try_everywhere::<chrono::NaiveTime>("time", &times);
    ground.try_everywhere::<jiff::civil::Time>("time", &times);
    let moments =
        ["2000-01-01 00:00", "1969-12-31 23:59:59.999999", "0001-01-01 00:00", "2024-02-29 12:00"];
    ground.try_everywhere::<time::PrimitiveDateTime>("timestamp", &moments);
    ground.try_everywhere::<chrono::NaiveDateTime>("timestamp", &moments);
    ground.try_everywhere::<jiff::civil::DateTime>("timestamp", &moments);
    ground.try_everywhere::<time::OffsetDateTime>("timestamptz", &moments);
    ground.try_everywhere::<chrono::DateTime<chrono::Utc>>("timestamptz", &moments);
    ground.try_everywhere::<jiff::Timestamp>("timestamptz", &moments);
}

fn networks(ground: &mut Ground) {
    ground.try_parsed::<cidr::IpInet>("inet", &["192.0.2.1", "192.0.2.1/24", "2001:db8::1/64"]);
    ground.try_everywhere::<cidr::IpCidr>("cidr", &["192.0.2.0/24", "::/0", "192.0.2.1/32"]);
    ground.try_everywhere::<bit_vec::BitVec>("varbit", &["", "101", "000000001"]);
}

fn shapes(ground: &mut Ground) {
    ground.try_everywhere::<geo_types::Point<f64>>("point", &["(0,0)", "(-1.5,1e300)"]);
    ground.try_everywhere::<geo_types::Rect<f64>>("box", &["(1,1),(0,0)"]);
    ground.try_everywhere::<geo_types::LineString<f64>>("path", &["[(0,0),(1,1)]"]);
}

fn documents(ground: &mut Ground) {
    ground.try_everywhere::<serde_json::Value>("jsonb", &["null", "{\"a\": [1, \"\\u00e4\", {}]}"]);
    ground.try_everywhere::<serde_json::Value>("json", &["null", "[1,\"ä\"]"]);
}
