--! artist int4 null
--! ids int4[] not null elements not null
--! dates date[] not null
--! names text[] null elements not null
--! pairs int4[] not null elements not null
--! many
select artist, array_agg(id) as ids, array_agg(released) as dates, array_agg(name) filter (where id > 1) as names, array_agg(array[id, 1]) as pairs from album group by artist
