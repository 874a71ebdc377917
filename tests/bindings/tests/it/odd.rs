//! Names and types that nobody should use, and somebody does.

use pgmi::types::{Array, Dimension};
use pgmi_test_bindings::db::types::{
    BoxSet, Disc, Match, SalesDeptFormat, SalesDeptMixedCase, Stars,
};
use pgmi_test_bindings::{Number, db};
use pgmi_tests::on_every_major;

use super::{block_on, client, fill};

on_every_major! {
    fn odd_names_and_types_go_round(db: &Database) {
        fill(db);
        block_on(async {
            let client = client(db).await;
            let text = db::Move.fetch(&client).await.unwrap();
            assert_eq!((text.r#move.as_str(), text.r#where.as_str()), ("x  ", "y"));
            assert_eq!((text.literal.as_str(), text.quoted.as_str()), ("it's $1 :x", "a\\b \"#"));
            let counted = db::CountAlbums { formats: &[] }.fetch(&client).await.unwrap();
            assert_eq!(counted.text, "two\n    lines");

            let matrix = Array::new(vec![Dimension::of(2), Dimension::of(1)], vec![Some(1), None]).unwrap();
            let odd = db::InsertOdd {
                r#type: 2,
                mixed: Some(SalesDeptMixedCase::X2),
                first: Some(SalesDeptFormat::Other),
                row: &Number(3),
                matrix: &matrix,
            };
            assert_eq!(odd.execute(&client).await.unwrap(), 1);
            let rows = db::Loop { r#type: 2 }.fetch(&client).await.unwrap();
            assert_eq!((rows[0].r#type, rows[0].mixed, rows[0]._1st), (2, odd.mixed, odd.first));
            assert_eq!(rows[0].matrix, matrix);

            let value = Match { r#type: Some("t".to_owned()), self_: Some(1), self_2: Some(2), crate_: None, r#fn: None };
            let query = db::Match { r#match: Some(&value), r#fn: Some(1), self_: None, r#type: Some("") };
            assert_eq!(query.fetch(&client).await.unwrap().r#match, Some(value.clone()));

            let disc = Disc { title: None, minutes: Some(f64::INFINITY), format: None, track_count: Some(1) };
            let set = BoxSet { name: None, discs: Some(vec![Some(disc.clone()), None]), best: Some(disc) };
            let query = db::BoxSet { set: Some(&set), tags: Some(&[Some("a"), None]), stars: Some(&[Some(Stars(3)), None]) };
            let row = query.fetch(&client).await.unwrap();
            assert_eq!((row.set, row.sets), (Some(set.clone()), vec![Some(set)]));
            assert_eq!(row.tags, Some(vec![Some("a".to_owned()), None]));
            assert_eq!(row.stars, Some(vec![Some(Stars(3)), None]));

            let row = db::Record { low: Some(1), high: None }.fetch(&client).await.unwrap();
            assert_eq!(row.record.get::<&str>(1).unwrap(), "two");
            assert_eq!(row.range.to_string(), "[1,)");
            assert!(db::Nothing { id: 1 }.fetch(&client).await.unwrap() == 1);
        });
    }
}
