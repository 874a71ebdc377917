select b.id, b.name from artist a join album b on b.artist = a.id where a.slug = $slug order by b.released desc limit 10
