--! $artist int4 not null
--! artist int4 not null
--! albums int8 not null
--! zero_or_one
select artist, count(*) as albums from album where artist = $artist group by artist
