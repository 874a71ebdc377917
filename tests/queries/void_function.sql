--! $channel text not null
--! $payload text null
--! pg_notify void null
--! one
select pg_notify($channel, $payload)
