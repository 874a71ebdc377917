//! Nothing of the user's is executed: after everything there is to ask, the database is as it was deployed.

use pgmi_engine::analysis::{AnalyseRequest, Deployed, analyse};
use pgmi_engine::check::{Source, Subject};
use pgmi_engine::cluster::{Places, Server, ServerRequest};
use pgmi_engine::connection::{ConnectOptions, Environment};
use pgmi_engine::manifest::ServerChoice;
use pgmi_engine::project::{OpenOptions, Parameters};
use pgmi_engine::query::QueryFolder;
use pgmi_engine::session::Interrupt;
use pgmi_engine::shadow::Shadows;
use pgmi_tests::{Project, on_every_major};
use postgres::Client;

use super::unique;

/// Functions of every volatility with effects that last, also beyond the transaction: in sequences.
const DEPLOY: &str = "
begin;
create table log (id int generated always as identity primary key, said text not null);
create sequence calls;
create function volatile_effect(n int) returns int language plpgsql as $$
begin
    perform nextval('calls');
    insert into log (said) values ('called');
    return n;
end $$;
create function lying_effect(n int) returns int immutable language plpgsql as $$
begin
    perform nextval('calls');
    return n;
end $$;
create function failing() returns int language plpgsql as $$
begin
    raise exception 'it was called';
end $$;
create procedure effect() language sql as $$ insert into log (said) values ('procedure') $$;
create function fires() returns trigger language plpgsql as $$
begin
    perform nextval('calls');
    return new;
end $$;
create table fired (id int primary key, name text not null default 'x');
create trigger fires before insert or update or delete on fired for each row execute function fires();
insert into log (said) values ('first'), ('second');
create view looks as select volatile_effect(id) as effect from log;
commit;
";

const QUERIES: &[(&str, &str)] = &[
    ("volatile_one", "select volatile_effect($n) as effect"),
    ("constant", "select lying_effect(1) as effect"),
    ("constant_where", "select id from log where id = lying_effect(1)"),
    ("constant_limit", "select id from log limit lying_effect(2)"),
    ("raises", "select failing() as failing"),
    ("view", "select effect from looks"),
    ("procedure", "call effect()"),
    ("deletes", "delete from log where id > coalesce($n, 0)"),
    ("deletes_all", "with gone as (delete from log returning id) select count(*) from gone"),
    ("truncates", "truncate log restart identity"),
    ("inserts", "insert into log (said) values ($said) returning id"),
    ("fires", "insert into fired (id) values ($id) on conflict (id) do update set name = $name"),
    ("drops", "drop table log"),
    ("locks", "select pg_advisory_lock(42)::text as locked"),
    ("notifies", "select pg_notify('channel', $message)"),
    ("sequence", "select nextval('calls') as next, setval('calls', 99) as set"),
    ("settings", "select set_config('search_path', 'nowhere', false) as path"),
    ("blocks", "do $$ begin perform volatile_effect(1); end $$"),
    ("divides", "select 1 / $n as quotient"),
    ("sets", "set search_path to nowhere"),
];

fn subject(folder: &Project) -> Subject {
    folder.write("deploy.sql", format!("{DEPLOY}{}", unique()));
    for (name, sql) in QUERIES {
        folder.write(format!("queries/{name}.sql"), sql);
    }
    let (parameters, inline) = (Parameters::default(), QueryFolder::default());
    let open = OpenOptions::default();
    Subject::read(Source {
        folder: folder.path(),
        queries: None,
        inline,
        parameters: &parameters,
        major: None,
        open,
    })
    .unwrap()
}

/// Rows and sequences, as one line.
fn state(client: &mut Client) -> String {
    let sql = "select (select string_agg(id || said, ',' order by id) from log)
                   || (select count(*) from fired)
                   || (select last_value || is_called::text from calls)
                   || (select last_value from log_id_seq)";
    client.query_one(sql, &[]).unwrap().get(0)
}

const AS_DEPLOYED: &str = "1first,2second01false2";

on_every_major! {
    fn rows_and_sequences_are_as_they_were_deployed(db: &Database) {
        let folder = Project::empty();
        let subject = subject(&folder);
        let given = db.connection_string();
        let server = ServerRequest {
            choice: ServerChoice::Given(given.clone()),
            places: Places::default(),
            ..ServerRequest::default()
        };
        let request = AnalyseRequest { subject: &subject, server: &server, cache: None };
        let interrupt = Interrupt::default();
        let proof = analyse(&request, &interrupt).unwrap();
        assert_eq!((proof.queries.len(), proof.refused.len()), (QUERIES.len(), 0), "{:?}", proof.refused);

        // The database that queries are described in is there for all who come after.
        let shadows = Shadows::on(Server::given(&given, None, &Environment::default()).unwrap()).unwrap();
        let template = shadows
            .template(&subject.project, &subject.parameters, &(std::sync::Arc::new(|_| ()) as _), &interrupt)
            .unwrap();
        assert!(!template.was_made());
        let target = shadows.read_only(&template).unwrap();
        let mut client = target.connect(ConnectOptions::default()).unwrap().client;
        assert_eq!(state(&mut client), AS_DEPLOYED);

        // Planning evaluates what is declared IMMUTABLE, in a copy that is thrown away, and nothing else.
        let deployed = Deployed::make(&request, &interrupt).unwrap();
        for proven in &proof.queries {
            deployed.plan(&proven.query).unwrap();
        }
        let mut copy = deployed.shadow().target().connect(ConnectOptions::default()).unwrap().client;
        let rows: i64 = copy.query_one("select count(*) from log", &[]).unwrap().get(0);
        assert_eq!(rows, 2);
        assert_eq!(state(&mut client), AS_DEPLOYED);
    }
}
