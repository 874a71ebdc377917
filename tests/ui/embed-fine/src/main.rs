static DATABASE: pgmi::Embedded = pgmi::embed!("db");

fn main() {
    for file in DATABASE.files() {
        println!("{} {}", file.path(), file.content().len());
    }
    assert_eq!(DATABASE.file("seeds/users.csv"), Some("id\n1\n"));
}
