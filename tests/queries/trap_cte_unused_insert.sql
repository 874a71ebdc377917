--! $id int4 not null
--! $line text null
--! done int4 not null
--! one
with i as (insert into log (id, line) values ($id, $line)) select 1 as done
