fn main() {
    let _ = pgmi::query!("select name, format from album order by format, name");
}
