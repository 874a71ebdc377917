--! $part float8 not null
--! artist int4 null
--! middle numeric not null
--! part float8 not null
--! day date null
--! many
select artist, percentile_disc(0.5) within group (order by price) as middle, percentile_cont($part) within group (order by price::float8) as part, mode() within group (order by released) as day from album group by artist
