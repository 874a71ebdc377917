create table session (id uuid primary key, account int8 not null, expires timestamptz not null);
