select r.id as "artist.id", r.name as "artist.name", a.id as "album.id", a.name as "album.name", a.format as "album.format"
from album a
join artist r on r.id = a.artist
order by a.id
