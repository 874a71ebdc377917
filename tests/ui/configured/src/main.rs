mod db {
    pgmi::include_queries!();
}

/// A mark for each time that the build script was run.
const RUNS: &str = include_str!(concat!(env!("OUT_DIR"), "/runs"));

fn main() {
    let label = db::types::Label("blue".to_owned());
    let things = std::collections::HashSet::<db::ListThingsRow>::from([db::ListThingsRow { id: 7, label, place: None }]);
    println!("{}\n{things:?}", RUNS.len());
}
