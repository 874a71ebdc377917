//! `cargo pgmi test`: ten SQL tests in each of 50 folders, two workers beside one, whole processes taking turns.
//! The two reports are compared too: they must say the same, in the same order.

use std::fmt::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use pgmi_engine::cluster::{Cluster, Settings};

use crate::measure::{Series, table};
use crate::program::{binaries, build};
use crate::{Numbers, Result};

const TESTS: usize = 10;

/// Folders and rounds.
pub(crate) fn run(numbers: &Numbers) -> Result<()> {
    let (folders, rounds) = (numbers.get(0, 50), numbers.get(1, 9));
    let pgmi = build()?;
    let binaries = binaries(numbers.major()?)?;
    let cluster = Cluster::start(&binaries, &Settings::new(std::env::temp_dir()))
        .map_err(|error| error.to_string())?;
    let folder = tempfile::tempdir()?;
    write(folder.path(), folders)?;

    let (mut two, mut one) = (Series::new("--jobs 2"), Series::new("--jobs 1"));
    // The first round makes the template and is not counted.
    for round in 0..=rounds {
        let (took_two, parallel) = timed(&pgmi, folder.path(), &cluster, "2")?;
        let (took_one, serial) = timed(&pgmi, folder.path(), &cluster, "1")?;
        if parallel != serial {
            return Err("the reports differ".into());
        }
        if round > 0 {
            two.add(took_two);
            one.add(took_one);
        }
    }
    let title =
        format!("{} tests in {folders} folders, PostgreSQL {}", folders * TESTS, binaries.version);
    println!("{}", table(&title, &[&two, &one]));
    let gain = one.median() / two.median();
    println!("Serial / parallel: {gain:.2} (on two processors: at least 1.6)");
    Ok(())
}

/// One run: how long it took, and path and status of each test.
fn timed(
    program: &Path,
    project: &Path,
    cluster: &Cluster,
    jobs: &str,
) -> Result<(Duration, Vec<String>)> {
    let mut command = Command::new(program);
    command
        .args(["pgmi", "test", "--json", "--jobs", jobs])
        .arg(project)
        .env("PGMI_SERVER", cluster.connection_string("postgres"))
        .stderr(Stdio::null());
    let begin = Instant::now();
    let output = command.output()?;
    let took = begin.elapsed();
    if !output.status.success() {
        return Err(format!("{command:?}: {}", output.status).into());
    }
    let report: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    let tests = report["tests"].as_array().ok_or("no tests")?;
    Ok((took, tests.iter().map(|test| format!("{}{}", test["path"], test["status"])).collect()))
}

/// A schema of ten tables, a fixture in each folder, and tests that write, ask, and check.
fn write(folder: &Path, folders: usize) -> Result<()> {
    let mut deploy = String::from("begin;\n");
    for table in 0..10 {
        writeln!(
            deploy,
            "create table t{table} (id int primary key, name text not null, amount numeric not null);"
        )?;
    }
    deploy.push_str("call pgmi_test();\ncommit;\n");
    std::fs::write(folder.join("deploy.sql"), deploy)?;
    for number in 0..folders {
        let inside = folder.join(format!("__test__/area_{number:02}"));
        std::fs::create_dir_all(&inside)?;
        let table = number % 10;
        std::fs::write(
            inside.join("_setup.sql"),
            format!(
                "insert into t{table} select n, 'item ' || n, n * 1.5 from generate_series(1, 500) as n;"
            ),
        )?;
        for test in 0..TESTS {
            std::fs::write(inside.join(format!("test_{test}.sql")), body(table, test))?;
        }
    }
    Ok(())
}

fn body(table: usize, test: usize) -> String {
    format!(
        "insert into t{table} select n, md5(n::text), n from generate_series(1001, 2000) as n;
update t{table} set amount = amount + {test} where id % 3 = 0;
do $$
declare
    v_sum numeric;
begin
    select sum(a.amount) into v_sum from t{table} as a join t{table} as b on b.id = a.id + 1;
    if v_sum is null then
        raise exception 'nothing there';
    end if;
    if (select count(*) from t{table}) <> 1500 then
        raise exception 'not what the fixture left';
    end if;
end;
$$;
"
    )
}
