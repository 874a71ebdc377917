use inline::db::types::Format;

pub fn query() -> impl pgmi::Query {
    pgmi::query!("select id from album where format = $format limit 3", format = Format::Cd)
}

#[test]
fn says_where_it_stands() {
    fn name<Q: pgmi::Statement>(_: &Q) -> &'static str {
        Q::NAME
    }
    assert!(name(&query()).ends_with("tests/it.rs:4"), "{}", name(&query()));
}
