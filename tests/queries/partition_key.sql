--! $id int8 not null
--! $at timestamptz not null
--! body jsonb not null
--! zero_or_one
select body from event where id = $id and at = $at
