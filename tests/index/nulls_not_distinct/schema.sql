create table seat (id int8 primary key, row_name text, number int4);
create unique index seat_place on seat (row_name, number);
create unique index seat_place_strict on seat (row_name, number) nulls not distinct;
