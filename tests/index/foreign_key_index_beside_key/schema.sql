create table album (id int8 primary key, name text not null);
create table genre (id int8 primary key, name text not null);
create table album_genre (
  album int8 not null references album on delete cascade,
  genre int8 not null references genre,
  primary key (album, genre)
);
create index album_genre_album on album_genre (album);
