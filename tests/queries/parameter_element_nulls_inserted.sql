--! $id int4 not null
--! $whole text[] not null elements not null
--! $parts text[] null elements not null
--! $trimmed int4[] null elements not null
--! none
insert into odds (id, whole, parts, trimmed) values ($id, $whole, $parts, $trimmed)
