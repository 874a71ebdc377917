create table counter (name text primary key, value int8 not null);
