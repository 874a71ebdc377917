--! artist int4 not null -- HAVING keeps no group where it is NULL
--! n int8 not null -- count gives a number even for no rows
--! many -- the grand total gives a row
select artist, count(*) as n from album group by rollup (artist) having artist is not null
