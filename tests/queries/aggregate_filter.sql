--! artist int4 null
--! recent numeric null
--! dear int8 not null
--! many
select artist, sum(price) filter (where released > '2000-01-01') as recent, count(*) filter (where price > 1) as dear from album group by artist
