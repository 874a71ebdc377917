--! $more text[] null
--! tags text[] not null
--! first text null
--! count int4 null
--! size int4 not null
--! all text[] not null
--! ids int4[] not null
--! many
select tags, tags[1] as first, array_length(tags, 1) as count, cardinality(tags) as size, tags || $more as all, array[id, artist] as ids from album
