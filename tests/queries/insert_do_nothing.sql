--! $name text not null
--! id int4 not null
--! zero_or_one
insert into genre (name) values ($name) on conflict do nothing returning id
