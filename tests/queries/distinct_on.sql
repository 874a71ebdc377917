--! artist int4 null
--! name text not null
--! many
select distinct on (artist) artist, name from album order by artist, released desc
