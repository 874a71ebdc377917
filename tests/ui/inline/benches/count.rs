//! A benchmark is a host of queries as well.

fn main() {
    let _ = pgmi::query!("select count(*) as albums from album");
}
