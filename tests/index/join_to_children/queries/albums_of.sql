select a.name as artist, b.name from artist a join album b on b.artist = a.id where a.id = $id
