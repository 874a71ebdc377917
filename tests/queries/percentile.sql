--! median float8 not null
--! usual format not null
--! many
select percentile_cont(0.5) within group (order by price) as median, mode() within group (order by format) as usual from album group by artist
