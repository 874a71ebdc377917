--! $days int4 not null
--! span interval not null
--! one
select make_interval(hours => 1, days => $days) as span
