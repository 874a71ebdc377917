create table event (id int8 generated always as identity primary key, kind text not null, at timestamptz not null);
create index event_at on event using brin (at);
