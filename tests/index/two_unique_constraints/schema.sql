create table coin (id int8 primary key, code text not null, constraint code_key unique (code));
create unique index coin_code on coin (code);
