--! $channel text not null
--! $payload text null
--! pg_notify void null
--! one
--! imprecise: void is never NULL
select pg_notify($channel, $payload)
