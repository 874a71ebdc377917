--! first date null
--! last date not null
--! name text null
--! many
select least(released, born) as first, greatest(released, '2000-01-01') as last, nullif(a.name, r.name) as name from album a join artist r on r.id = a.artist
