--! since 18
--! $more text not null -- alone.more refuses NULL
--! $id int4 not null
--! none
update only alone set more = $more where id = $id
