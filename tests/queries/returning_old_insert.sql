--! $name text not null
--! old_id int4 null
--! new_id int4 not null
--! one
--! since 18
insert into genre (name) values ($name) on conflict (name) do update set name = excluded.name returning old.id as old_id, new.id as new_id
