//! Every query of `tests/queries` is described the same, word by word, however often and in whatever order it is
//! asked about, in every copy of its schema, whether the catalog is read at once or as needed: 20 times in all.

use std::sync::Arc;

use pgmi_engine::cluster::Server;
use pgmi_engine::describe::{Describer, Trees};
use pgmi_engine::diagnostic::SourceText;
use pgmi_engine::project::{OpenOptions, Parameters, Project as Opened};
use pgmi_engine::query::Query;
use pgmi_engine::session::Interrupt;
use pgmi_engine::shadow::{Shadow, Shadows, Template};
use pgmi_engine::signature::{Lock, LockedQuery};
use pgmi_tests::{Case, Project, cases_on, join, on_every_major, schema};
use postgres::{Config, NoTls};

fn template(shadows: &Shadows, sql: &str) -> Template {
    let folder = Project::new([("migrations/1.sql", sql)]);
    let project = Opened::open_any_layout(folder.path(), &OpenOptions::default()).unwrap();
    let events = Arc::new(|_| ());
    let parameters = Parameters::default();
    shadows.template(&project, &parameters, &(events as _), &Interrupt::default()).unwrap()
}

/// Reads all of the catalog at once.
fn whole(shadow: &Shadow) -> Describer {
    Describer::connect(&shadow.connection_string().parse().unwrap()).unwrap()
}

/// Reads of the catalog what each query is about.
fn sparing(shadow: &Shadow) -> Describer {
    let trees = Trees::default();
    let mut config: Config = shadow.connection_string().parse().unwrap();
    config.notice_callback(trees.callback());
    Describer::sparing(config.connect(NoTls).unwrap(), trees).unwrap()
}

/// What a lock says of all that can be described, and PostgreSQL's words about the others.
fn said(shadow: &Shadow, cases: &[Case], reversed: bool) -> String {
    let mut describer = if reversed { sparing(shadow) } else { whole(shadow) };
    let (mut queries, mut types, mut refused) = (Vec::new(), Vec::new(), Vec::new());
    let mut order: Vec<_> = cases.iter().collect();
    if reversed {
        order.reverse();
    }
    for case in order {
        let source = SourceText::new(case.name.as_str(), case.text.as_str());
        let query = Query::parse(None, source).unwrap();
        match describer.describe(&query) {
            Ok(described) => {
                let (name, sql) = (Some(case.name.clone()), query.fingerprint().to_owned());
                queries.push(LockedQuery { name, sql, signature: described.signature });
                types.extend(described.types);
            }
            Err(error) => refused.push(format!("{}: {error:?}\n", case.name)),
        }
    }
    types.sort_by(|a, b| a.name.cmp(&b.name));
    types.dedup();
    refused.sort();
    let lock = Lock { postgres: 0, schema: String::new(), types, queries };
    lock.to_text() + &refused.concat()
}

on_every_major! {
    fn the_same_words_in_every_copy(db: &Database) {
        db.run(&schema());
        let cases = cases_on(db);
        let shadows = Shadows::on(Server::local(join(db.major())).unwrap()).unwrap();
        // The same schema made anew has other oids; a copy has the same.
        let again = format!("-- Again.\n{}", schema());
        let made = [template(&shadows, &schema()), template(&shadows, &again)];
        let mut first = None;
        for (made, runs) in made.iter().zip([2, 2]) {
            for run in 0..runs {
                let shadow = shadows.copy(made).unwrap();
                let said = said(&shadow, &cases, run % 2 == 1);
                let first = first.get_or_insert_with(|| said.clone());
                let differs = first.lines().zip(said.lines()).find(|(one, other)| one != other);
                assert!(*first == said, "{}, run {run}: {differs:?}", shadow.name());
            }
        }
        assert!(first.unwrap().lines().count() > 2000);
    }
}
