--! $age interval not null
--! id uuid not null
--! many
select id from sale where sold_at > now() - $age::interval
