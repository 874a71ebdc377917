--! $n int4 null
--! near numeric not null
--! second text null
--! tile int4 null
--! part float8 not null
--! many
select max(price) over (order by price range between 1 preceding and 1 following) as near, nth_value(name, 2) over () as second, ntile($n) over (order by id) as tile, cume_dist() over (order by id) as part from album
