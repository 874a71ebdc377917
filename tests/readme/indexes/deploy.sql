create table album (
    id       bigint generated always as identity primary key,
    artist   bigint not null,
    name     text   not null,
    released date   not null,
    tags     text[] not null
);
create index album_name on album (name);
create index album_name_again on album (name);
