--! text text not null
--! kind text not null
--! length int4 not null
--! many
select (body)::text as text, jsonb_typeof(body) as kind, jsonb_array_length(body) as length from event
