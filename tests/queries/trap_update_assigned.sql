--! $d date null
--! $id int4 not null
--! released date not null
--! zero_or_one
update album set released = coalesce($d, now()::date) where id = $id returning released
