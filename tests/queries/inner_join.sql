select a.name, r.name as artist, r.bio from album a join artist r on r.id = a.artist where a.id = $id
