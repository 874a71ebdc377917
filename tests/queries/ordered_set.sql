--! middle numeric null
--! parts float8[] null
--! name text null
--! place int8 not null
--! one
select percentile_disc(0.5) within group (order by price) as middle, percentile_cont(array[0.1, null]) within group (order by price) as parts, mode() within group (order by name) as name, rank(1) within group (order by price) as place from album
