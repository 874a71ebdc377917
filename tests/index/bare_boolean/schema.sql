create table message (
  id int8 generated always as identity primary key,
  handled bool not null default false,
  at timestamptz not null default now(),
  body text not null
);
