create table price (product int8 not null, at timestamptz not null, amount numeric(10, 2) not null);
