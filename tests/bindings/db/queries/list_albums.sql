-- All albums, each with its artist where there is one.
select a.id, a.name,
       r.name as "artist.name", r.id as "artist.id", r.email as "artist.email",
       a.discs
from album a
left join artist r on r.id = a.artist
order by a.id
