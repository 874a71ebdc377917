--! $name text not null
--! id int4 not null
--! name text not null
--! bio text not null
--! born date null
--! one
insert into artist (name, bio) values ($name, 'none') returning id, name, bio, born
