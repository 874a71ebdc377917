select a.name, b.words from artist a join biography b on b.artist = a.id where a.id = $id and b.born is not null
