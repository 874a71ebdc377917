--! whole text[] not null elements not null
--! ids int4[] null elements not null
--! many
with w as (select whole from odds union all select array[name] from genre) select w.whole, s.ids from w cross join lateral (select array_agg(id) as ids from artist) s
