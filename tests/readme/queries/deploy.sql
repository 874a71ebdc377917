create table tasks (id uuid primary key, title text not null, due date);
