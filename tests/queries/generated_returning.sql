--! $id int4 not null
--! n int4 not null
--! next int4 null
--! small text null
--! zero_or_one
--! imprecise: the expressions of next and small give no NULL for the n that is set
update computed set n = 1 where id = $id returning n, next, small
