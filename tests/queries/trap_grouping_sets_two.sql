--! artist int4 null
--! last int4 not null
--! many
select artist, max(id) as last from album group by grouping sets ((artist), (artist, format))
