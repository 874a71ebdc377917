-- Somebody forgot that unique names have an index already: `cargo pgmi index` has not.
create index artist_search on artist (name);
