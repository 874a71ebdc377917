select a.id, t.title from album as a left join track as t on t.album = a.id and a.format = $format
where a.artist = $artist
