create table booking (
  room int4range not null,
  during tstzrange not null,
  guest text not null,
  exclude using gist (during with &&)
);
