--! $name text not null
--! id int4 not null
--! many
--! imprecise: two rows at most
with i as (insert into genre (name) values ($name) on conflict do nothing returning id) select id from i union all select id from genre where name = $name
