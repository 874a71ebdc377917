create table album (
  id int8 generated always as identity primary key,
  name text not null,
  released date
);
create index album_released_name on album (name) where released is not null;
