--! $id int8 not null
--! at timestamptz not null
--! many
select at from event where id = $id
