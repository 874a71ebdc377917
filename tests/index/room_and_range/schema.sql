create extension btree_gist;
create table booking (id int8 generated always as identity primary key, room int4 not null, during tstzrange not null, guest text not null);
