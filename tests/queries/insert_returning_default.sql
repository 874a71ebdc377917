--! $customer int8 not null
--! $album int4 not null
--! $amount numeric not null
--! id uuid not null
--! sold_at timestamptz not null
--! note text null
--! amount numeric not null
--! one
insert into sale (customer, album, amount) values ($customer, $album, $amount) returning id, sold_at, note, amount
