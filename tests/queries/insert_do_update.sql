--! $name text not null
--! id int4 not null
--! one
insert into genre (name) values ($name) on conflict (name) do update set name = excluded.name returning id
