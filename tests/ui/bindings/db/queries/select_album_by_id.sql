-- An album by its id.
select id, name, cover, tags, format from album where id = $id
