--! $id int4 not null
--! $whole text[] not null elements not null
--! whole text[] not null elements not null
--! parts text[] null elements not null
--! one
insert into odds (id, whole) values ($id, $whole) returning whole, parts
