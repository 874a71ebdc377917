--! $id int4 not null -- genre.id refuses NULL
--! $name text not null -- genre.name refuses NULL
--! $other text not null -- NULL would raise where it is assigned to genre.name
--! none
insert into genre (id, name) values ($id, $name) on conflict (id) do update set name = $other
