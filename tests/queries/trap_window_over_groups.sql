--! artist int4 null
--! rank int8 not null
--! all numeric not null
--! many
select artist, rank() over (order by count(*)) as rank, sum(count(*)) over () as all from album group by artist
