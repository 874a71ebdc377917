--! $key text not null
--! value jsonb null
--! many
--! imprecise: the condition says that the key is there
select meta -> $key as value from album where meta ? $key
