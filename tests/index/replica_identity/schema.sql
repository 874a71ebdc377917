create table device (id int8 not null, serial text not null, owner int8 not null, note text);
create unique index device_serial on device (serial);
create unique index device_id on device (id);
alter table device replica identity using index device_id;
