--! $name text not null
--! $line text null
--! id int4 not null
--! line text null
--! one
with i as (insert into genre (name) values ($name) on conflict (name) do update set name = excluded.name returning id), a as (insert into log (id, line) select i.id, $line from i on conflict do nothing returning id, line) select i.id, a.line from i left join a on a.id = i.id
