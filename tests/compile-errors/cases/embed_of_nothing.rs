static NOWHERE: pgmi::Embedded = pgmi::embed!("nowhere");
static NUMBER: pgmi::Embedded = pgmi::embed!(1);

fn main() {}
