fn main() {}

static DATABASE: pgmi::Embedded = pgmi::embed!("db");
