-- An album by its id.
select id, name, cover, tags, format, stars, price from album where id = $id
