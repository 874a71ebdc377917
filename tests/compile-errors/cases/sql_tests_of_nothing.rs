pgmi_macros::sql_tests!(1);
pgmi_macros::sql_tests!("nowhere", fixtures("a"));

fn main() {}
