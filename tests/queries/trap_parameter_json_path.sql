--! $key text not null
--! value jsonb null
--! many
select meta -> $key as value from album where meta ? $key
