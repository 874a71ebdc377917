--! $name text not null
--! id int4 not null
--! one
with i as (insert into genre (name) values ($name) returning id) select id from i
