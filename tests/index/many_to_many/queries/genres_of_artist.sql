select distinct g.id, g.name
from genre g
join album_genre ag on ag.genre = g.id
join album_artist aa on aa.album = ag.album
where aa.artist = $artist
