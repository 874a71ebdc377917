--! a text null
--! q jsonb null
--! e bool null
--! d text null
--! many
--! since 17
--! imprecise: JSON_QUERY of the whole and JSON_EXISTS give no NULL for a body that is none
select json_value(body, '$.a') as a, json_query(body, '$') as q, json_exists(body, '$.a') as e, json_value(body, '$.a' default 'x' on empty) as d from event
