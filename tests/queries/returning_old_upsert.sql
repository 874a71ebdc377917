--! $id int4 not null
--! $name text not null
--! before text null
--! name text not null
--! fresh bool not null
--! one
--! since 18
insert into genre (id, name) values ($id, $name) on conflict (id) do update set name = excluded.name returning old.name as before, new.name as name, old is null as fresh
