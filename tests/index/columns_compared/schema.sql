create table stock (id int8 generated always as identity primary key, wanted int4 not null, there int4 not null, item text not null);
