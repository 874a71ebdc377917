const SQL: &str = "select 1";

fn main() {
    let _ = pgmi::query!(SQL);
    let _ = pgmi::query!();
    let _ = pgmi::query!(concat!("select", " 1"));
    let _ = pgmi::query_file!(SQL);
}
