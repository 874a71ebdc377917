--! $id int8 not null
--! $at timestamptz not null
--! $body jsonb not null
--! id int8 not null
--! at timestamptz not null
--! body jsonb not null
--! one
insert into event (id, at, body) values ($id, $at, $body) returning id, at, body
