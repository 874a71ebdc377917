--! $id int4 not null
--! next int4 null
--! small text null
--! zero_or_one
select next, small from computed where id = $id
