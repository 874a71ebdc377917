--! a text null
--! q jsonb null
--! e bool null
--! d text null
--! many
--! since 17
select json_value(body, '$.a') as a, json_query(body, '$') as q, json_exists(body, '$.a') as e, json_value(body, '$.a' default 'x' on empty) as d from event
