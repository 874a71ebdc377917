--! $id int4 not null
--! $whole text[] not null elements not null
--! $more text[] null
--! whole text[] not null elements not null
--! one
insert into odds (id, whole) values ($id, $whole) on conflict (id) do update set whole = excluded.whole || $more returning whole
