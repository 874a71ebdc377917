--! n int8 not null
--! all date[] not null
--! many
select count(*) filter (where released is null) over () as n, array_agg(released) over () as all from album
