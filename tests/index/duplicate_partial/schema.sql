create table task (id int8 primary key, state text not null, due timestamptz not null, title text not null);
create index task_open on task (due) where state = 'open';
create index task_open_too on task (due) where state = 'open';
