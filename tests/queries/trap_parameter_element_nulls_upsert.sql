--! $id int4 not null
--! $whole text[] not null elements not null
--! $parts text[] null
--! none
insert into odds (id, whole) values ($id, $whole) on conflict (id) do update set parts = $parts
