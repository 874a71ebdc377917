--! $zone text not null
--! local timestamp not null
--! utc timestamp not null
--! one
--! try zone UTC | Europe/Berlin
select now() at time zone $zone as local, timezone('UTC', now()) as utc
