--! artist int4 not null
--! top int4 not null
--! many
select case when artist is not null then artist else 0 end as artist, case when max(artist) is null then 0 else max(artist) end as top from album group by rollup (artist)
