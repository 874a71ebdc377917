select a.name, t.title from album as a left join track as t on t.album = a.id and t.side = $side where a.id = $id
