--! $customer int8 not null
--! $album int4 not null
--! $amount numeric not null
--! $at timestamptz null
--! id uuid not null
--! sold_at timestamptz not null
--! one
insert into sale (customer, album, amount, sold_at) values ($customer, $album, $amount, coalesce($at, now())) returning id, sold_at
