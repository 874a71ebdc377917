--! artist int4 not null
--! format format null!
--! n int8 not null
--! many
select artist, format, count(*) as n from album where artist is not null group by artist, rollup (format)
