fn main() {
    let _ = pgmi::query!("select 1");
}
