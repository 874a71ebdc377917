--! $id int4 not null
--! n int4 not null
--! next int4 null
--! small text null
--! zero_or_one
update computed set n = 1 where id = $id returning n, next, small
