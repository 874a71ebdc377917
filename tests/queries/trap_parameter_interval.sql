--! $days float8 not null
--! id uuid not null
--! many
select id from sale where sold_at > now() - $days * interval '1 day'
