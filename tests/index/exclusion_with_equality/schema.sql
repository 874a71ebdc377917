create extension btree_gist;
create table booking (room int4 not null, during tstzrange not null, guest text not null, exclude using gist (room with =, during with &&));
