--! key text not null
--! value jsonb not null
--! many
select e.key, e.value from event, jsonb_each(body) e
