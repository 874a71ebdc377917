create table document (id uuid primary key, owner uuid not null, title text not null, created timestamptz not null);
