--! p numeric[] null elements not null
--! r int8 not null
--! one
select percentile_disc(array[0.1, 0.9]) within group (order by price) as p, rank(5) within group (order by price) as r from album
