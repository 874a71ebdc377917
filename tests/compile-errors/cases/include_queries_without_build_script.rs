mod db {
    pgmi::include_queries!();
}

fn main() {}
