create table song (id int8 generated always as identity primary key, title text not null);
create table banned (song int8 not null, reason text not null);
