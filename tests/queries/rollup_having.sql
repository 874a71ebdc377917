--! artist int4 not null
--! n int8 not null
--! many
select artist, count(*) as n from album group by rollup (artist) having artist is not null
