--! $id int4 not null
--! $name text not null
--! id int4 not null
--! zero_or_one
insert into genre (id, name) values ($id, $name) on conflict (id) do update set name = excluded.name where genre.name <> excluded.name returning id
