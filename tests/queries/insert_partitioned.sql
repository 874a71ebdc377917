--! $id int8 not null
--! $at timestamptz not null
--! $body jsonb not null
--! none
insert into event (id, at, body) values ($id, $at, $body)
