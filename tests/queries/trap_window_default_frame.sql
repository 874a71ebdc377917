--! b text null
--! m text null
--! p numeric not null
--! many
select last_value(bio) over () as b, max(artist.name) over () as m, avg(price) over (partition by format) as p from album left join artist on artist.id = album.artist cross join lateral (select 1) x
