--! $value jsonb null
--! $id int4 not null
--! meta jsonb not null
--! zero_or_one
update album set meta['a'] = $value where id = $id returning meta
--! since 14
