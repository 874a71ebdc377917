--! $names text[] not null elements not null
--! none
insert into genre (name) select unnest($names::text[])
