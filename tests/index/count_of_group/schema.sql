create table vote (poll int8 not null, voter int8 not null, answer int2 not null, at timestamptz not null);
