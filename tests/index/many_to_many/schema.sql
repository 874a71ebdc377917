create table artist (id int8 primary key, name text not null);
create table genre (id int8 primary key, name text not null);
create table album (id int8 primary key, name text not null);
create table album_artist (album int8 not null references album, artist int8 not null references artist, primary key (album, artist));
create table album_genre (album int8 not null references album, genre int8 not null references genre);
