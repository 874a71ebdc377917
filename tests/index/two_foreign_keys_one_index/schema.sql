create table album (id int8 generated always as identity primary key, name text not null);
create table track (
  id int8 generated always as identity primary key,
  album int8 not null references album on delete cascade,
  name text not null
);
alter table track add foreign key (album) references album on update cascade;
