--! $amount int4 null
--! none
delete from sale where amount > coalesce($amount, 0)
