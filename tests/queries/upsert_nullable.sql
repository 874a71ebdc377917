--! $id int4 not null
--! $name text not null
--! $bio text null
--! id int4 not null
--! name text not null
--! bio text null
--! one
insert into artist (id, name, bio) values ($id, $name, $bio) on conflict (id) do update set bio = coalesce(excluded.bio, artist.bio) returning id, name, bio
