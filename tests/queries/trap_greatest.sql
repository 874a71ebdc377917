--! g date not null
--! l text null
--! many
select greatest(released, '2000-01-01') as g, least(bio, null) as l from album left join artist on artist.id = album.artist
