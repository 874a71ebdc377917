//! Makes typed functions of the project's queries, for `pgmi::include_queries!()`.

fn main() {
    pgmi_build::compile();
}
