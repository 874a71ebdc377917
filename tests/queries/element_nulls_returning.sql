--! $id int4 not null
--! $whole text[] not null
--! whole text[] not null
--! parts text[] null
--! one
insert into odds (id, whole) values ($id, $whole) returning whole, parts
